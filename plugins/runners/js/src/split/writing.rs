//! Messages as objects of JavaScript: a node is an array that begins with its kind.

use rquickjs::{Array, Ctx, IntoJs, Object, Result, TypedArray, Value};

use crate::bindings::exports::pact::plugin::tested::Serving;
use crate::bindings::pact::plugin::messages::{Effect, Outcome, Raised, Reply, Request, Target};
use crate::bindings::pact::plugin::tests::Location;
use crate::bindings::pact::plugin::values::{Node, ObjectKind, ScalarKind, SequenceKind, Side};

pub(super) fn serving<'js>(ctx: &Ctx<'js>, serving: &Serving) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("root", serving.root.trim_end_matches('/'))?;
    object.set("module", &serving.module)?;
    object.set("exports", &serving.exports)?;
    object.set("typeModules", &serving.type_modules)?;
    object.set("seed", serving.seed.to_string())?;
    Ok(object)
}

pub(super) fn request<'js>(ctx: &Ctx<'js>, request: &Request) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    let target = match &request.target {
        Target::Function(name) => list(ctx, [name.into_js(ctx)?])?,
        Target::Method((id, method)) => list(ctx, [id.into_js(ctx)?, method.into_js(ctx)?])?,
    };
    object.set("target", target)?;
    object.set("nodes", nodes(ctx, &request.nodes)?)?;
    object.set("positional", &request.positional)?;
    object.set("named", named(ctx, &request.named)?)?;
    object.set("released", &request.released)?;
    Ok(object)
}

pub(super) fn reply<'js>(ctx: &Ctx<'js>, reply: &Reply) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("nodes", nodes(ctx, &reply.nodes)?)?;
    match &reply.outcome {
        Outcome::Returned(node) => object.set("returned", node)?,
        Outcome::Raised(error) => object.set("raised", raised(ctx, error)?)?,
        #[expect(clippy::cast_precision_loss, reason = "the clock of a session shows less than 104 days")]
        Outcome::Waits(until) => object.set("waits", until.map_or(-1.0, |nanoseconds| nanoseconds as f64 / 1e6))?,
        Outcome::Asks(question) => object.set("asks", self::request(ctx, question)?)?,
    }
    let changed: Result<Vec<Array>> =
        reply.changed.iter().map(|(before, now)| list(ctx, [before.into_js(ctx)?, now.into_js(ctx)?])).collect();
    object.set("changed", changed?)?;
    let effects: Result<Vec<Array>> = reply.effects.iter().filter_map(|one| effect(ctx, one).transpose()).collect();
    object.set("effects", effects?)?;
    Ok(object)
}

fn effect<'js>(ctx: &Ctx<'js>, effect: &Effect) -> Result<Option<Array<'js>>> {
    let of = |kind: &str, text: &str| list(ctx, [kind.into_js(ctx)?, text.into_js(ctx)?]).map(Some);
    match effect {
        Effect::StandardOutput(text) => of("output", text),
        Effect::StandardError(text) => of("error", text),
        Effect::Warning((class, message)) => of(class, message),
        // JavaScript has no logging of its own.
        Effect::Log(_) => Ok(None),
    }
}

fn raised<'js>(ctx: &Ctx<'js>, raised: &Raised) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("classes", &raised.classes)?;
    object.set("message", &raised.message)?;
    object.set("arguments", &raised.arguments)?;
    object.set("attributes", named(ctx, &raised.attributes)?)?;
    object.set("detail", &raised.detail)?;
    if let Some(Location { path, line }) = &raised.place {
        let place = Object::new(ctx.clone())?;
        place.set("path", path)?;
        place.set("line", line)?;
        object.set("place", place)?;
    }
    Ok(object)
}

fn named<'js>(ctx: &Ctx<'js>, named: &[(String, u32)]) -> Result<Array<'js>> {
    let made = Array::new(ctx.clone())?;
    for (at, (name, node)) in named.iter().enumerate() {
        made.set(at, list(ctx, [name.into_js(ctx)?, node.into_js(ctx)?])?)?;
    }
    Ok(made)
}

fn nodes<'js>(ctx: &Ctx<'js>, nodes: &[Node]) -> Result<Array<'js>> {
    let made = Array::new(ctx.clone())?;
    for (at, one) in nodes.iter().enumerate() {
        made.set(at, node(ctx, one)?)?;
    }
    Ok(made)
}

fn list<'js, const COUNT: usize>(ctx: &Ctx<'js>, parts: [Value<'js>; COUNT]) -> Result<Array<'js>> {
    let made = Array::new(ctx.clone())?;
    for (at, part) in parts.into_iter().enumerate() {
        made.set(at, part)?;
    }
    Ok(made)
}

fn node<'js>(ctx: &Ctx<'js>, node: &Node) -> Result<Array<'js>> {
    let js = |text: &str| text.into_js(ctx);
    match node {
        Node::None => list(ctx, [js("none")?]),
        Node::Boolean(value) => list(ctx, [js("boolean")?, value.into_js(ctx)?]),
        Node::Integer(value) => list(ctx, [js("integer")?, js(&value.to_string())?]),
        Node::Floating(value) => list(ctx, [js("floating")?, value.into_js(ctx)?]),
        Node::Text(value) => list(ctx, [js("text")?, js(value)?]),
        Node::SurrogateText(value) => list(ctx, [js("surrogate-text")?, bytes(ctx, value)?]),
        Node::Bytes(value) => list(ctx, [js("bytes")?, bytes(ctx, value)?]),
        Node::MutableBytes(value) => list(ctx, [js("mutable-bytes")?, bytes(ctx, value)?]),
        Node::Scalar(value) => list(ctx, [js("scalar")?, js(scalar_kind(value.kind))?, js(&value.text)?]),
        Node::Sequence(value) => {
            list(ctx, [js("sequence")?, js(sequence_kind(value.kind))?, value.items.clone().into_js(ctx)?])
        }
        Node::Mapping(entries) => {
            let flat: Vec<u32> = entries.iter().flat_map(|(key, value)| [*key, *value]).collect();
            list(ctx, [js("mapping")?, flat.into_js(ctx)?])
        }
        Node::Structure(value) => {
            let (names, fields): (Vec<&str>, Vec<u32>) =
                value.fields.iter().map(|(name, field)| (name.as_str(), *field)).unzip();
            list(ctx, [js("structure")?, js(&value.type_name)?, names.into_js(ctx)?, fields.into_js(ctx)?])
        }
        Node::Enumeration(value) => list(ctx, [js("enumeration")?, js(&value.type_name)?, js(&value.member)?]),
        Node::Object(value) => {
            let owner = if value.owner == Side::Tests { "tests" } else { "tested" };
            let kind = js(object_kind(value.kind))?;
            list(ctx, [js("object")?, js(owner)?, value.id.into_js(ctx)?, kind, js(&value.type_name)?])
        }
        Node::Argument(index) => list(ctx, [js("argument")?, index.into_js(ctx)?]),
    }
}

fn bytes<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<Value<'js>> {
    Ok(TypedArray::<u8>::new_copy(ctx.clone(), bytes)?.into_value())
}

fn scalar_kind(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::BigInteger => "big-integer",
        ScalarKind::Decimal => "decimal",
        ScalarKind::Complex => "complex",
        ScalarKind::Date => "date",
        ScalarKind::Time => "time",
        ScalarKind::Datetime => "datetime",
        ScalarKind::Duration => "duration",
        ScalarKind::Uuid => "uuid",
        ScalarKind::Path => "path",
    }
}

fn sequence_kind(kind: SequenceKind) -> &'static str {
    match kind {
        SequenceKind::List => "list",
        SequenceKind::Tuple => "tuple",
        SequenceKind::Set => "set",
        SequenceKind::FrozenSet => "frozen-set",
    }
}

fn object_kind(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Instance => "instance",
        ObjectKind::Function => "function",
        ObjectKind::Generator => "generator",
        ObjectKind::AsyncGenerator => "async-generator",
        ObjectKind::Coroutine => "coroutine",
    }
}
