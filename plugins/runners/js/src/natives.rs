//! What the bundle's own modules can ask of Rust: files, sources, the clock, random numbers, text as bytes. The tested code
//! sees none of this: the bundle keeps the object to itself.

#![expect(clippy::needless_pass_by_value, reason = "a function that JavaScript calls is given values")]
#![expect(clippy::disallowed_methods, reason = "the file system of the sandbox is the host's, in memory")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;

use rquickjs::prelude::{Func, Opt};
use rquickjs::{Array, Ctx, Exception, Function, Object, Result, TypedArray};

use crate::modules::{Finder, Found, Kind, Lines, Wanted, transform};
use crate::{clock, noted, profile, random, split, telling};

thread_local! {
    static FINDER: RefCell<Option<Finder>> = const { RefCell::new(None) };
    /// By path: the places of what was compiled.
    static LINES: RefCell<BTreeMap<String, Lines>> = const { RefCell::new(BTreeMap::new()) };
}

/// Begins a run over the files of a suite.
pub(crate) fn begin(root: &str, import_paths: &[String], packages: Option<&str>) {
    FINDER.set(Some(Finder::new(root, import_paths, packages)));
    LINES.set(BTreeMap::new());
}

/// Makes the object that the bundle is called with.
pub(crate) fn object<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    let host = Object::new(ctx.clone())?;
    host.set("now", Func::from(clock::since_start))?;
    host.set("wall", Func::from(clock::since_1970))?;
    host.set("random", Func::from(random::number))?;
    host.set("randomBytes", Func::from(random_bytes))?;
    host.set("read", Func::from(read))?;
    host.set("list", Func::from(list))?;
    host.set("kind", Func::from(kind))?;
    host.set("encode", Func::from(encode))?;
    host.set("decode", Func::from(decode))?;
    host.set("resolve", Func::from(resolve))?;
    host.set("compile", Func::from(compile))?;
    host.set("place", Func::from(place))?;
    telling::add(&host)?;
    split::add(&host)?;
    noted::add(&host)?;
    Ok(host)
}

fn random_bytes(ctx: Ctx<'_>, count: usize) -> Result<TypedArray<'_, u8>> {
    TypedArray::new(ctx, random::bytes(count))
}

/// The bytes of a file; nothing where there is none.
fn read(ctx: Ctx<'_>, path: String) -> Result<Option<TypedArray<'_, u8>>> {
    fs::read(path).ok().map(|bytes| TypedArray::new(ctx, bytes)).transpose()
}

fn list(path: String) -> Option<Vec<String>> {
    let mut names: Vec<String> =
        fs::read_dir(path).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Some(names)
}

/// `file`, `folder`, or nothing.
fn kind(path: String) -> Option<&'static str> {
    let found = fs::metadata(path).ok()?;
    Some(if found.is_dir() { "folder" } else { "file" })
}

fn encode(ctx: Ctx<'_>, text: String) -> Result<TypedArray<'_, u8>> {
    TypedArray::new(ctx, text.into_bytes())
}

/// Text of UTF-8. Where `strict` is set, bytes that are none are an error; otherwise each becomes U+FFFD.
fn decode<'js>(ctx: Ctx<'js>, bytes: TypedArray<'js, u8>, strict: Opt<bool>) -> Result<String> {
    let bytes = copied(&bytes);
    if strict.0 == Some(true) {
        return String::from_utf8(bytes)
            .map_err(|_| Exception::throw_type(&ctx, "The encoded data was not valid for encoding utf-8"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[expect(unsafe_code, reason = "no JavaScript runs while the bytes are borrowed, so nothing can detach their buffer")]
pub(crate) fn copied(bytes: &TypedArray<'_, u8>) -> Vec<u8> {
    // SAFETY: the buffer is alive as long as the array, and the borrow ends with this function.
    unsafe { bytes.as_bytes() }.unwrap_or_default().to_vec()
}

/// The path that a specifier means; nothing where nobody has it.
fn resolve(ctx: Ctx<'_>, specifier: String, importer: String, by_require: bool) -> Result<Option<String>> {
    let wanted = if by_require { Wanted::Require } else { Wanted::Import };
    let found = FINDER.with_borrow(|finder| finder.as_ref().map(|finder| finder.find(&specifier, &importer, wanted)));
    match found {
        Some(Found::File(path)) => Ok(Some(path)),
        Some(Found::Refused(why)) => Err(Exception::throw_message(&ctx, &why)),
        Some(Found::Missing) | None => Ok(None),
    }
}

/// Compiles a source file. Returns `{ kind, run }`, or `{ message, line, column }` for one that is not JavaScript or TypeScript.
fn compile(ctx: Ctx<'_>, path: String, source: String) -> Result<Object<'_>> {
    let made = Object::new(ctx.clone())?;
    let kind = known_kind(&path);
    let telling = profile::telling(&path, &source, kind);
    match transform(&path, telling.as_deref().unwrap_or(&source), kind) {
        Ok(transformed) => {
            LINES.with_borrow_mut(|lines| lines.insert(path.clone(), transformed.lines));
            let run = if telling.is_some() {
                profile::meaning(&ctx, &evaluate(ctx.clone(), profile::in_words(&transformed.code), path)?)?
            } else {
                evaluate(ctx, transformed.code, path)?
            };
            made.set("kind", if transformed.kind == Kind::Module { "module" } else { "commonjs" })?;
            made.set("run", run)?;
        }
        Err(error) => {
            made.set("message", error.message)?;
            made.set("line", error.line)?;
            made.set("column", error.column)?;
        }
    }
    Ok(made)
}

/// What a file is by its name, or by the package that it belongs to.
fn known_kind(path: &str) -> Option<Kind> {
    let ending = path.rsplit('.').next().unwrap_or_default();
    match ending {
        "mjs" | "mts" => Some(Kind::Module),
        "cjs" | "cts" => Some(Kind::CommonJs),
        // The suite's own files are what vite makes of them; Node reads those of packages.
        _ if !path.contains("/node_modules/") && !path.starts_with("/packages/") => None,
        _ => FINDER.with_borrow(|finder| {
            let is_module = finder.as_ref()?.package_type(path)?;
            is_module.then_some(Kind::Module)
        }),
    }
}

fn evaluate(ctx: Ctx<'_>, code: String, path: String) -> Result<Function<'_>> {
    let mut options = rquickjs::context::EvalOptions::default();
    options.strict = false;
    options.filename = Some(path);
    ctx.eval_with_options(code, options)
}

/// Where the code at a place was written, as `[line, column]`, both one-based; nothing for code that was not compiled here.
fn place(ctx: Ctx<'_>, path: String, line: u32, column: u32) -> Result<Option<Array<'_>>> {
    let found =
        LINES.with_borrow(|lines| lines.get(&path)?.source_of(line.saturating_sub(1), column.saturating_sub(1)));
    let Some((line, column)) = found else { return Ok(None) };
    let place = Array::new(ctx)?;
    place.set(0, line + 1)?;
    place.set(1, column + 1)?;
    Ok(Some(place))
}
