//! Objects that are never freed, and whose references nobody counts.
//!
//! What a snapshot holds lives as long as the instance anyway. But a count is written each time an object is touched, and in an
//! instance whose memory is a copy-on-write mapping of the snapshot each first write to a page costs a page fault.

use core::ptr;

use crate::python::{
    Object, Py_DecRef, PyList_Append, PyList_GetItem, PyList_New, PyList_Size, PyLong_FromSize_t, taken,
};

/// `_Py_IMMORTAL_INITIAL_REFCNT`.
const IMMORTAL: u32 = 5 << 28;

/// `_Py_IMMORTAL_MINIMUM_REFCNT`. Whoever has more is immortal already; some in a way of their own.
const LEAST_IMMORTAL: u32 = 1 << 30;

/// `immortalise(objects: list) -> list`: makes all of them immortal. Returns those that were not so before, each once.
pub(crate) unsafe extern "C" fn immortalise(
    _module: *mut Object,
    arguments: *const *mut Object,
    count: isize,
) -> *mut Object {
    // SAFETY: the interpreter calls this with the lock held; what is no list has the size -1 and an error set.
    unsafe {
        let Some([objects]) = taken::<1>(arguments, count) else { return ptr::null_mut() };
        let size = PyList_Size(objects);
        if size < 0 {
            return ptr::null_mut();
        }
        let changed = PyList_New(0);
        if changed.is_null() {
            return ptr::null_mut();
        }
        for place in 0..size {
            let object = PyList_GetItem(objects, place);
            if (*object).references < LEAST_IMMORTAL {
                (*object).references = IMMORTAL;
                if PyList_Append(changed, object) != 0 {
                    Py_DecRef(changed);
                    return ptr::null_mut();
                }
            }
        }
        changed
    }
}

/// `memory_size() -> int`: the size of the linear memory, in bytes.
pub(crate) unsafe extern "C" fn memory_size(
    _: *mut Object,
    arguments: *const *mut Object,
    count: isize,
) -> *mut Object {
    // SAFETY: the interpreter calls this with the lock held.
    unsafe {
        let Some([]) = taken::<0>(arguments, count) else { return ptr::null_mut() };
        PyLong_FromSize_t(core::arch::wasm32::memory_size(0) << 16)
    }
}
