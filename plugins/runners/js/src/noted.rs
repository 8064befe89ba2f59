//! Objects with their properties as they were at one moment, and which of them are another now. In Rust, because this is asked
//! before and after every test: no property is computed, and no JavaScript runs.

#![expect(clippy::needless_pass_by_value, reason = "a function that JavaScript calls is given values")]
#![expect(unsafe_code, reason = "the engine's own functions for properties have no safe form that makes no objects")]

use std::cell::RefCell;
use std::ptr;

use rquickjs::prelude::Func;
use rquickjs::{Array, Ctx, Object, Result, qjs};

thread_local! {
    static NOTED: RefCell<Vec<Vec<Noted>>> = const { RefCell::new(Vec::new()) };
}

/// An object that never goes away, with names and contents of its properties.
struct Noted {
    object: qjs::JSValue,
    properties: Vec<(qjs::JSAtom, qjs::JSPropertyDescriptor)>,
}

/// Adds what the bundle may ask.
pub(crate) fn add(host: &Object<'_>) -> Result<()> {
    host.set("isProxy", Func::from(|value: Object<'_>| is_proxy(&value)))?;
    host.set("note", Func::from(note))?;
    host.set("changed", Func::from(changed))
}

fn is_proxy(object: &Object<'_>) -> bool {
    // SAFETY: the value is that of a live object.
    unsafe { qjs::JS_IsProxy(object.as_raw()) }
}

/// Notes objects, in order, and returns a number for them.
fn note(ctx: Ctx<'_>, objects: Array<'_>) -> Result<usize> {
    let mut noted = Vec::with_capacity(objects.len());
    for object in objects.iter::<Object<'_>>() {
        let object = object?;
        // SAFETY: the value is that of a live object, and the copy keeps it alive.
        let object = unsafe { qjs::JS_DupValue(ctx.as_raw().as_ptr(), object.as_raw()) };
        noted.push(Noted { object, properties: properties(&ctx, object) });
    }
    NOTED.with_borrow_mut(|all| {
        all.push(noted);
        Ok(all.len() - 1)
    })
}

/// Returns the places of the objects that are not as they were.
fn changed(ctx: Ctx<'_>, number: usize) -> Vec<u32> {
    NOTED.with_borrow(|all| {
        let noted = all.get(number).map_or(&[][..], Vec::as_slice);
        let places = noted.iter().zip(0..).filter(|(object, _)| !object.is_same(&ctx));
        places.map(|(_, place)| place).collect()
    })
}

impl Noted {
    /// Whether it has the same properties, in whatever order, with the same contents.
    fn is_same(&self, ctx: &Ctx<'_>) -> bool {
        names(ctx, self.object).count() == self.properties.len()
            && self.properties.iter().all(|(name, then)| {
                descriptor(ctx, self.object, *name).is_some_and(|now| {
                    let is_same = is_same(ctx, &now, then);
                    for value in [now.value, now.getter, now.setter] {
                        // SAFETY: the engine gave these to us, and nobody else frees them.
                        unsafe { qjs::JS_FreeValue(ctx.as_raw().as_ptr(), value) };
                    }
                    is_same
                })
            })
    }
}

fn is_same(ctx: &Ctx<'_>, left: &qjs::JSPropertyDescriptor, right: &qjs::JSPropertyDescriptor) -> bool {
    let same = |left, right| {
        // SAFETY: both are values that are alive while they are compared.
        is_identical(left, right) || unsafe { qjs::JS_IsSameValue(ctx.as_raw().as_ptr(), left, right) }
    };
    same(left.value, right.value) && same(left.getter, right.getter) && same(left.setter, right.setter)
}

/// Where a value is one number, what is equal is the same; anything else needs a closer look.
#[cfg(target_pointer_width = "32")]
fn is_identical(left: qjs::JSValue, right: qjs::JSValue) -> bool {
    left == right
}

#[cfg(not(target_pointer_width = "32"))]
fn is_identical(_: qjs::JSValue, _: qjs::JSValue) -> bool {
    false
}

fn properties(ctx: &Ctx<'_>, object: qjs::JSValue) -> Vec<(qjs::JSAtom, qjs::JSPropertyDescriptor)> {
    let names = names(ctx, object);
    let noted = (0..names.count()).filter_map(|place| {
        // SAFETY: the atom is alive as long as the list, and the copy keeps it so.
        let name = unsafe { qjs::JS_DupAtom(ctx.as_raw().as_ptr(), names.at(place)) };
        descriptor(ctx, object, name).map(|found| (name, found))
    });
    noted.collect()
}

/// The names of an object's own properties.
struct Names<'ctx, 'js> {
    ctx: &'ctx Ctx<'js>,
    table: *mut qjs::JSPropertyEnum,
    count: u32,
}

fn names<'ctx, 'js>(ctx: &'ctx Ctx<'js>, object: qjs::JSValue) -> Names<'ctx, 'js> {
    let mut names = Names { ctx, table: ptr::null_mut(), count: 0 };
    let flags = (qjs::JS_GPN_STRING_MASK | qjs::JS_GPN_SYMBOL_MASK).cast_signed();
    let (table, count) = (&raw mut names.table, &raw mut names.count);
    // SAFETY: the object is alive; table and count are written before they are read.
    if unsafe { qjs::JS_GetOwnPropertyNames(ctx.as_raw().as_ptr(), table, count, object, flags) } < 0 {
        ctx.catch();
        (names.table, names.count) = (ptr::null_mut(), 0);
    }
    names
}

impl Names<'_, '_> {
    fn count(&self) -> usize {
        self.count as usize
    }

    /// `place` is below `count`.
    fn at(&self, place: usize) -> qjs::JSAtom {
        assert!(place < self.count());
        // SAFETY: the engine has made so many entries.
        unsafe { (*self.table.add(place)).atom }
    }
}

impl Drop for Names<'_, '_> {
    fn drop(&mut self) {
        if !self.table.is_null() {
            // SAFETY: the table is the engine's, and is not used again.
            unsafe { qjs::JS_FreePropertyEnum(self.ctx.as_raw().as_ptr(), self.table, self.count) };
        }
    }
}

/// What a property holds; nothing where there is none. A getter is not called.
fn descriptor(ctx: &Ctx<'_>, object: qjs::JSValue, atom: qjs::JSAtom) -> Option<qjs::JSPropertyDescriptor> {
    let mut found = qjs::JSPropertyDescriptor {
        flags: 0,
        value: qjs::JS_UNDEFINED,
        getter: qjs::JS_UNDEFINED,
        setter: qjs::JS_UNDEFINED,
    };
    // SAFETY: object and atom are alive.
    let there = unsafe { qjs::JS_GetOwnProperty(ctx.as_raw().as_ptr(), &raw mut found, object, atom) };
    if there < 0 {
        ctx.catch();
    }
    (there > 0).then_some(found)
}
