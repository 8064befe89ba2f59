//! Checks of the types that a contract defines.

use super::Checker;
use crate::contract::{TypeKind, TypeSpec};
use crate::type_reference::TypeRef;

impl Checker<'_> {
    pub(super) fn type_spec(&mut self, spec: &TypeSpec, pointer: &str) {
        self.identifier(&spec.name, "type", &format!("{pointer}/name"));
        let name = spec.name.escape_debug();
        match spec.kind {
            TypeKind::Struct => {
                self.duplicates(
                    "field",
                    &format!("{pointer}/fields"),
                    spec.fields.iter().map(|field| field.name.as_str()),
                );
                for (index, field) in spec.fields.iter().enumerate() {
                    self.field(field, &spec.fields, &format!("{pointer}/fields/{index}"));
                    self.kept(&field.type_ref, &format!("{pointer}/fields/{index}/type_ref"));
                }
            }
            TypeKind::Enum if spec.variants.is_empty() => {
                self.error("empty-enum", &format!("{pointer}/variants"), format!("the enum `{name}` has no variants"));
            }
            TypeKind::Enum => {
                self.duplicates("variant", &format!("{pointer}/variants"), spec.variants.iter().map(String::as_str));
            }
            TypeKind::List => {
                self.reference(&spec.item_type, &format!("{pointer}/item_type"));
                self.kept(&spec.item_type, &format!("{pointer}/item_type"));
            }
            TypeKind::Optional | TypeKind::Union if spec.inner_types.is_empty() => {
                let message = format!("`{name}` does not say what it is one of");
                self.error("empty-union", &format!("{pointer}/inner_types"), message);
            }
            TypeKind::Optional | TypeKind::Union => {
                for (index, inner) in spec.inner_types.iter().enumerate() {
                    self.reference(inner, &format!("{pointer}/inner_types/{index}"));
                    self.kept(inner, &format!("{pointer}/inner_types/{index}"));
                }
            }
            TypeKind::Primitive => {}
            TypeKind::Class => self.class(spec, pointer),
        }
        if spec.kind != TypeKind::Class && !(spec.methods.is_empty() && spec.init.is_empty()) {
            let message = format!("`{name}` is no class, so it has neither `methods` nor `init`");
            self.error("methods-without-class", &format!("{pointer}/kind"), message);
        }
    }

    fn class(&mut self, spec: &TypeSpec, pointer: &str) {
        let name = spec.name.escape_debug();
        if spec.methods.is_empty() {
            let message = format!("nothing can be called on objects of `{name}`; a struct holds values");
            self.error("empty-class", &format!("{pointer}/methods"), message);
        }
        if !spec.fields.is_empty() {
            let message =
                format!("objects of `{name}` stay in their component, so nobody sees its fields; add methods");
            self.error("class-with-fields", &format!("{pointer}/fields"), message);
        }
        self.inputs(&spec.init, &format!("{pointer}/init"));
        let methods = format!("{pointer}/methods");
        self.duplicates("method", &methods, spec.methods.iter().map(|method| method.name.as_str()));
        for (index, method) in spec.methods.iter().enumerate() {
            self.function(method, &format!("{methods}/{index}"));
        }
    }

    /// A value of this type is kept in others, so it must not be used up by looking at it, nor stay in a component.
    fn kept(&mut self, reference: &str, pointer: &str) {
        // What is no reference has its finding already.
        let Ok(read) = TypeRef::parse(reference) else { return };
        let stream = read.stream().map(|stream| {
            let name = stream.name();
            format!("a value of `{name}` is used up by iterating; keep a `list[T]` or a `Sequence[T]`")
        });
        let classes = read.names().into_iter().filter(|name| self.classes.contains(name)).map(|name| {
            let name = name.escape_debug();
            format!(
                "objects of the class `{name}` stay in their component; only functions and methods take and return them"
            )
        });
        let messages: Vec<String> = stream.into_iter().chain(classes).collect();
        for message in messages {
            self.error("unkept-type", pointer, message);
        }
    }
}
