//! Objects that are never freed, and whose references nobody counts.
//!
//! What a snapshot holds lives as long as the instance anyway. But a count is written each time an object is touched, and in an
//! instance whose memory is a copy-on-write mapping of the snapshot each first write to a page costs a page fault.

use core::ptr;

use crate::python::{Object, PyList_GetItem, PyList_Size, PyLong_FromLong, taken};

/// `_Py_IMMORTAL_INITIAL_REFCNT`.
const IMMORTAL: u32 = 5 << 28;

/// `_Py_IMMORTAL_MINIMUM_REFCNT`. Whoever has more is immortal already; some in a way of their own.
const LEAST_IMMORTAL: u32 = 1 << 30;

/// `immortalise(objects: list) -> int`: makes all of them immortal. Returns how many were not so before.
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
        let mut changed = 0;
        for place in 0..size {
            let object = PyList_GetItem(objects, place);
            if (*object).references < LEAST_IMMORTAL {
                (*object).references = IMMORTAL;
                changed += 1;
            }
        }
        PyLong_FromLong(changed)
    }
}
