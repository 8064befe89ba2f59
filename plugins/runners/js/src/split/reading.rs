//! Messages of the bundle's making as those of the interface.

#![expect(clippy::needless_pass_by_value, reason = "what JavaScript hands over is given away")]

use rquickjs::{Array, Ctx, Exception, FromJs, Object, Result, TypedArray};

use super::unknown;
use crate::bindings::pact::plugin::messages::{Effect, Outcome, Raised, Reply, Request, Target};
use crate::bindings::pact::plugin::values::{
    Enumeration, Node, ObjectHandle, ObjectKind, Scalar, ScalarKind, Sequence, SequenceKind, Side, Structure,
};
use crate::telling;

pub(super) fn request(object: Object<'_>) -> Result<Request> {
    let target: Array = object.get("target")?;
    Ok(Request {
        target: if target.len() == 1 {
            Target::Function(target.get(0)?)
        } else {
            Target::Method((target.get(0)?, target.get(1)?))
        },
        nodes: nodes(&object.get("nodes")?)?,
        positional: object.get("positional")?,
        named: named(&object.get("named")?)?,
        released: object.get("released")?,
    })
}

pub(super) fn reply(object: Object<'_>) -> Result<Reply> {
    let pair = |pair: Result<Array>| pair.and_then(|pair| Ok((pair.get(0)?, pair.get(1)?)));
    Ok(Reply {
        nodes: nodes(&object.get("nodes")?)?,
        outcome: outcome(&object)?,
        changed: object.get::<_, Array>("changed")?.iter().map(pair).collect::<Result<_>>()?,
        effects: object.get::<_, Array>("effects")?.iter().map(|one| effect(&one?)).collect::<Result<_>>()?,
    })
}

fn outcome(reply: &Object<'_>) -> Result<Outcome> {
    if let Some(error) = reply.get::<_, Option<Object>>("raised")? {
        return Ok(Outcome::Raised(raised(&error)?));
    }
    if let Some(until) = reply.get::<_, Option<f64>>("waits")? {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "negative is none, and the cast saturates"
        )]
        return Ok(Outcome::Waits((until >= 0.0).then_some((until * 1e6).ceil() as u64)));
    }
    Ok(Outcome::Returned(reply.get("returned")?))
}

fn raised(error: &Object<'_>) -> Result<Raised> {
    let place: Option<Object> = error.get("place")?;
    Ok(Raised {
        classes: error.get("classes")?,
        message: error.get("message")?,
        arguments: error.get("arguments")?,
        attributes: named(&error.get("attributes")?)?,
        place: place.map(|place| telling::location(&place)).transpose()?,
        detail: error.get("detail")?,
    })
}

fn effect(effect: &Array<'_>) -> Result<Effect> {
    let (kind, text): (String, String) = (effect.get(0)?, effect.get(1)?);
    Ok(match kind.as_str() {
        "output" => Effect::StandardOutput(text),
        "error" => Effect::StandardError(text),
        _ => Effect::Warning((kind, text)),
    })
}

fn named(pairs: &Array<'_>) -> Result<Vec<(String, u32)>> {
    pairs.iter::<Array>().map(|pair| pair.and_then(|pair| Ok((pair.get(0)?, pair.get(1)?)))).collect()
}

fn nodes(nodes: &Array<'_>) -> Result<Vec<Node>> {
    nodes.iter::<Array>().map(|one| node(&one?)).collect()
}

fn node(parts: &Array<'_>) -> Result<Node> {
    let ctx = parts.ctx();
    let kind: String = parts.get(0)?;
    let text = |at: usize| parts.get::<String>(at);
    Ok(match kind.as_str() {
        "none" => Node::None,
        "boolean" => Node::Boolean(parts.get(1)?),
        "integer" => Node::Integer(text(1)?.parse().map_err(|_| Exception::throw_range(ctx, "no 64-bit integer"))?),
        "floating" => Node::Floating(parts.get(1)?),
        "text" => Node::Text(text(1)?),
        "surrogate-text" => Node::SurrogateText(bytes(parts)?),
        "bytes" => Node::Bytes(bytes(parts)?),
        "mutable-bytes" => Node::MutableBytes(bytes(parts)?),
        "scalar" => Node::Scalar(Scalar { kind: scalar_kind(ctx, &text(1)?)?, text: text(2)? }),
        "sequence" => Node::Sequence(Sequence { kind: sequence_kind(ctx, &text(1)?)?, items: parts.get(2)? }),
        "mapping" => {
            let flat: Vec<u32> = parts.get(1)?;
            Node::Mapping(flat.as_chunks::<2>().0.iter().map(|[key, value]| (*key, *value)).collect())
        }
        "structure" => {
            let (names, fields): (Vec<String>, Vec<u32>) = (parts.get(2)?, parts.get(3)?);
            Node::Structure(Structure { type_name: text(1)?, fields: names.into_iter().zip(fields).collect() })
        }
        "enumeration" => Node::Enumeration(Enumeration { type_name: text(1)?, member: text(2)? }),
        "object" => Node::Object(ObjectHandle {
            owner: if text(1)? == "tests" { Side::Tests } else { Side::Tested },
            id: parts.get(2)?,
            kind: object_kind(ctx, &text(3)?)?,
            type_name: text(4)?,
        }),
        "argument" => Node::Argument(parts.get(1)?),
        other => return unknown(ctx, "node", other),
    })
}

fn bytes(parts: &Array<'_>) -> Result<Vec<u8>> {
    let array = TypedArray::<u8>::from_js(parts.ctx(), parts.get(1)?)?;
    Ok(crate::natives::copied(&array))
}

fn scalar_kind(ctx: &Ctx<'_>, name: &str) -> Result<ScalarKind> {
    Ok(match name {
        "big-integer" => ScalarKind::BigInteger,
        "datetime" => ScalarKind::Datetime,
        other => return unknown(ctx, "kind of scalar", other),
    })
}

fn sequence_kind(ctx: &Ctx<'_>, name: &str) -> Result<SequenceKind> {
    Ok(match name {
        "list" => SequenceKind::List,
        "tuple" => SequenceKind::Tuple,
        "set" => SequenceKind::Set,
        other => return unknown(ctx, "kind of sequence", other),
    })
}

fn object_kind(ctx: &Ctx<'_>, name: &str) -> Result<ObjectKind> {
    Ok(match name {
        "instance" => ObjectKind::Instance,
        "function" => ObjectKind::Function,
        "generator" => ObjectKind::Generator,
        "async-generator" => ObjectKind::AsyncGenerator,
        "coroutine" => ObjectKind::Coroutine,
        other => return unknown(ctx, "kind of object", other),
    })
}
