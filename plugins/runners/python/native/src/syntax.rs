//! Gives generated nodes of a syntax tree a place.

use core::ptr;

use crate::python::{
    Object, Py_DecRef, Py_IncRef, PyDict_GetItemString, PyDict_Next, PyDict_Update, PyList_Append, PyList_GetItem,
    PyList_Size, PyObject_GenericGetDict, PyObject_GetAttrString, PyTuple_Size, PyType_IsSubtype, taken,
};

/// `locate(nodes: list, place: dict, AST: type) -> list`: gives the attributes of `place` to each node that can have a line and
/// has none, of those in the list and all below them. Adds all that it has found to the list, and returns it.
pub(crate) unsafe extern "C" fn locate(
    _module: *mut Object,
    arguments: *const *mut Object,
    count: isize,
) -> *mut Object {
    // SAFETY: the interpreter calls this with the lock held, and holds the arguments. The list holds every node for as long as
    // it is looked at.
    unsafe {
        let Some([nodes, place, ast]) = taken::<3>(arguments, count) else { return ptr::null_mut() };
        let mut at = 0;
        loop {
            let size = PyList_Size(nodes);
            if size < 0 {
                return ptr::null_mut();
            }
            if at >= size {
                Py_IncRef(nodes);
                return nodes;
            }
            let node = PyList_GetItem(nodes, at);
            at += 1;
            if PyType_IsSubtype((*node).class, ast) != 0 && !settle(node, nodes, place, ast) {
                return ptr::null_mut();
            }
        }
    }
}

/// False when an error is set.
unsafe fn settle(node: *mut Object, nodes: *mut Object, place: *mut Object, ast: *mut Object) -> bool {
    // SAFETY: as the caller's; the node's fields are kept by its dictionary, which nothing changes while it is gone through.
    unsafe {
        let fields = PyObject_GenericGetDict(node, ptr::null_mut());
        if fields.is_null() {
            return false;
        }
        let mut went_well = collect(fields, nodes, ast);
        if went_well && PyDict_GetItemString(fields, c"lineno".as_ptr()).is_null() {
            let attributes = PyObject_GetAttrString((*node).class, c"_attributes".as_ptr());
            let size = if attributes.is_null() { -1 } else { PyTuple_Size(attributes) };
            went_well = size == 0 || (size > 0 && PyDict_Update(fields, place) == 0);
            if !attributes.is_null() {
                Py_DecRef(attributes);
            }
        }
        Py_DecRef(fields);
        went_well
    }
}

/// Adds the nodes among the values of a dictionary, and those in lists among them.
unsafe fn collect(fields: *mut Object, nodes: *mut Object, ast: *mut Object) -> bool {
    // SAFETY: as the caller's. Two lists of one type may be the same one only if somebody put the list of nodes into a node; then
    // it grows while it is gone through, up to the size that it had.
    unsafe {
        let (mut place, mut key, mut value) = (0, ptr::null_mut(), ptr::null_mut());
        while PyDict_Next(fields, &raw mut place, &raw mut key, &raw mut value) != 0 {
            if (*value).class == (*nodes).class {
                for at in 0..PyList_Size(value) {
                    let item = PyList_GetItem(value, at);
                    if PyType_IsSubtype((*item).class, ast) != 0 && PyList_Append(nodes, item) != 0 {
                        return false;
                    }
                }
            } else if PyType_IsSubtype((*value).class, ast) != 0 && PyList_Append(nodes, value) != 0 {
                return false;
            }
        }
        true
    }
}
