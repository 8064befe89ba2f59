//! The part of CPython's C interface that is used here.

use core::ffi::{c_char, c_int, c_long, c_void};
use core::ptr;

/// What every object begins with.
#[repr(C)]
pub(crate) struct Object {
    pub(crate) references: u32,
    pub(crate) class: *mut Object,
}

/// `METH_FASTCALL`: the arguments come as an array.
pub(crate) const FASTCALL: c_int = 0x80;

/// `PYTHON_API_VERSION`.
pub(crate) const API_VERSION: c_int = 1013;

pub(crate) type Call = unsafe extern "C" fn(*mut Object, *const *mut Object, isize) -> *mut Object;

/// Event, dictionary, key and new value. No error: 0.
pub(crate) type DictionaryWatcher = extern "C" fn(c_int, *mut Object, *mut Object, *mut Object) -> c_int;

/// Event, function and new value. No error: 0.
pub(crate) type FunctionWatcher = extern "C" fn(c_int, *mut Object, *mut Object) -> c_int;

#[repr(C)]
pub(crate) struct Method {
    pub(crate) name: *const c_char,
    pub(crate) call: Option<Call>,
    pub(crate) flags: c_int,
    pub(crate) doc: *const c_char,
}

#[repr(C)]
pub(crate) struct Definition {
    pub(crate) base: Object,
    pub(crate) init: *mut c_void,
    pub(crate) index: isize,
    pub(crate) copy: *mut c_void,
    pub(crate) name: *const c_char,
    pub(crate) doc: *const c_char,
    pub(crate) size: isize,
    pub(crate) methods: *mut Method,
    pub(crate) slots: *mut c_void,
    pub(crate) traverse: *mut c_void,
    pub(crate) clear: *mut c_void,
    pub(crate) free: *mut c_void,
}

unsafe extern "C" {
    pub(crate) fn PyModule_Create2(definition: *mut Definition, version: c_int) -> *mut Object;
    pub(crate) fn PyLong_FromLong(number: c_long) -> *mut Object;
    pub(crate) fn PyLong_FromSize_t(number: usize) -> *mut Object;
    pub(crate) fn PyList_New(size: isize) -> *mut Object;
    pub(crate) fn PyList_Size(list: *mut Object) -> isize;
    /// Borrowed.
    pub(crate) fn PyList_GetItem(list: *mut Object, place: isize) -> *mut Object;
    pub(crate) fn PyList_Append(list: *mut Object, item: *mut Object) -> c_int;
    pub(crate) fn PyTuple_Size(tuple: *mut Object) -> isize;
    /// Key and value are borrowed.
    pub(crate) fn PyDict_Next(
        dict: *mut Object,
        place: *mut isize,
        key: *mut *mut Object,
        value: *mut *mut Object,
    ) -> c_int;
    /// Borrowed; sets no error.
    pub(crate) fn PyDict_GetItemString(dict: *mut Object, key: *const c_char) -> *mut Object;
    pub(crate) fn PyDict_Update(dict: *mut Object, other: *mut Object) -> c_int;
    pub(crate) fn PyObject_GenericGetDict(object: *mut Object, context: *mut c_void) -> *mut Object;
    pub(crate) fn PyObject_GetAttrString(object: *mut Object, name: *const c_char) -> *mut Object;
    pub(crate) fn PyType_IsSubtype(class: *mut Object, base: *mut Object) -> c_int;
    pub(crate) fn PyDict_AddWatcher(callback: DictionaryWatcher) -> c_int;
    pub(crate) fn PyDict_Watch(watcher: c_int, dict: *mut Object) -> c_int;
    pub(crate) fn PyFunction_AddWatcher(callback: FunctionWatcher) -> c_int;
    pub(crate) fn Py_IncRef(object: *mut Object);
    pub(crate) fn Py_DecRef(object: *mut Object);
    pub(crate) fn PyErr_BadArgument() -> c_int;
}

/// Takes as many arguments as a function has; raises when there are others.
///
/// # Safety
/// `arguments` holds `count` objects, as the interpreter passes them.
pub(crate) unsafe fn taken<const N: usize>(arguments: *const *mut Object, count: isize) -> Option<[*mut Object; N]> {
    // SAFETY: an array of so many pointers was promised, and arrays need no more than their items.
    unsafe {
        if count != N as isize {
            PyErr_BadArgument();
            return None;
        }
        // Without arguments there may be no array.
        if N == 0 { Some([ptr::null_mut(); N]) } else { Some(*arguments.cast::<[*mut Object; N]>()) }
    }
}
