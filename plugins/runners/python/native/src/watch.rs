//! Counts the changes of dictionaries that are watched, and those of the code of functions: who asks whether anything is as it was
//! need not look at what nobody has touched.

use core::ffi::c_int;
use core::ptr;
use core::sync::atomic::{AtomicI32, Ordering};

use crate::python::{
    Object, PyDict_AddWatcher, PyDict_Watch, PyFunction_AddWatcher, PyList_GetItem, PyList_Size, PyLong_FromLong, taken,
};

/// `PyFunction_EVENT_MODIFY_CODE`. The others are that functions come and go, and changes of defaults and names.
const CODE_REPLACED: c_int = 2;

static TOUCHES: AtomicI32 = AtomicI32::new(0);

/// `watch(dictionaries: list)`: counts their changes from now on. To be called once.
pub(crate) unsafe extern "C" fn watch(
    _module: *mut Object,
    arguments: *const *mut Object,
    count: isize,
) -> *mut Object {
    // SAFETY: the interpreter calls this with the lock held, and holds the arguments.
    unsafe {
        let Some([dictionaries]) = taken::<1>(arguments, count) else { return ptr::null_mut() };
        let size = PyList_Size(dictionaries);
        if size < 0 || PyFunction_AddWatcher(function_changed) < 0 {
            return ptr::null_mut();
        }
        let watcher = PyDict_AddWatcher(dictionary_changed);
        if watcher < 0 {
            return ptr::null_mut();
        }
        for place in 0..size {
            if PyDict_Watch(watcher, PyList_GetItem(dictionaries, place)) < 0 {
                return ptr::null_mut();
            }
        }
        touches(ptr::null_mut(), ptr::null(), 0)
    }
}

/// `touches() -> int`: how many changes there were.
pub(crate) unsafe extern "C" fn touches(_: *mut Object, arguments: *const *mut Object, count: isize) -> *mut Object {
    // SAFETY: the interpreter calls this with the lock held.
    unsafe {
        let Some([]) = taken::<0>(arguments, count) else { return ptr::null_mut() };
        PyLong_FromLong(TOUCHES.load(Ordering::Relaxed))
    }
}

extern "C" fn dictionary_changed(_event: c_int, _: *mut Object, _: *mut Object, _: *mut Object) -> c_int {
    TOUCHES.fetch_add(1, Ordering::Relaxed);
    0
}

extern "C" fn function_changed(event: c_int, _: *mut Object, _: *mut Object) -> c_int {
    if event == CODE_REPLACED {
        TOUCHES.fetch_add(1, Ordering::Relaxed);
    }
    0
}
