//! A module of Python with what Python cannot do, or does too slowly for each test.
//!
//! Written against the C interface itself, for one build of CPython: 3.14, 32 bit, with the interpreter lock. What depends on the
//! layout of objects is checked by the caller when the snapshot is made.

mod heap;
mod python;
mod syntax;
mod watch;

use core::ffi::{c_char, c_void};
use core::ptr;

use python::{API_VERSION, Definition, FASTCALL, Method, Object, PyModule_Create2};

/// What the interpreter calls when the module is imported.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_pact_native() -> *mut c_void {
    let method = |name: *const c_char, call| Method { name, call: Some(call), flags: FASTCALL, doc: ptr::null() };
    let methods = Box::new([
        method(c"immortalise".as_ptr(), heap::immortalise),
        method(c"memory_size".as_ptr(), heap::memory_size),
        method(c"watch".as_ptr(), watch::watch),
        method(c"touches".as_ptr(), watch::touches),
        method(c"locate".as_ptr(), syntax::locate),
        Method { name: ptr::null(), call: None, flags: 0, doc: ptr::null() },
    ]);
    let none = ptr::null_mut();
    let definition = Box::new(Definition {
        base: Object { references: 1, class: ptr::null_mut() },
        init: none,
        index: 0,
        copy: none,
        name: c"pact_native".as_ptr(),
        doc: ptr::null(),
        size: -1,
        methods: Box::leak(methods).as_mut_ptr(),
        slots: none,
        traverse: none,
        clear: none,
        free: none,
    });
    // SAFETY: both live as long as the instance, as the interpreter wants it.
    unsafe { PyModule_Create2(Box::leak(definition), API_VERSION).cast() }
}
