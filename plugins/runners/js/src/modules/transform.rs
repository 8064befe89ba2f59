//! One source file as a function that the engine can compile: types and JSX away, imports and exports as calls.
//!
//! The form of the result is that of vite's module runner, in which vitest runs its files: so live bindings, cycles, mocks and
//! top-level await behave as they do there.

use std::path::Path;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_diagnostics::{Diagnostics, OxcDiagnostic, Severity};
use oxc_parser::Parser;
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::SourceType;
use oxc_transformer::{HelperLoaderMode, JsxRuntime, TransformOptions, Transformer};
use oxc_transformer_plugins::ModuleRunnerTransform;

use super::hoist::Hoisted;
use super::lines::Lines;

/// What a file is to Node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// With `import` and `export`.
    Module,
    /// With `require` and `module.exports`.
    CommonJs,
}

/// A file that the engine can compile.
#[derive(Debug)]
pub(crate) struct Transformed {
    pub(crate) kind: Kind,
    /// An expression whose value is a function.
    pub(crate) code: String,
    pub(crate) lines: Lines,
}

/// A file that is not JavaScript or TypeScript.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    /// One-based.
    pub(crate) line: u32,
    /// One-based.
    pub(crate) column: u32,
}

/// The first line of the code, which the source does not have.
const MODULE_HEAD: &str = "(async function(__vite_ssr_exports__, __vite_ssr_exportAll__, __vite_ssr_import__, \
    __vite_ssr_dynamic_import__, __vite_ssr_import_meta__, require, exports, module, __filename, __dirname) { \"use strict\";\n";
const COMMONJS_HEAD: &str = "(function(exports, require, module, __filename, __dirname) {\n";
const TAIL: &str = "\n})";

/// Names that a file has only where `require` is its way to import.
const COMMONJS_NAMES: [&str; 3] = ["require", "module", "exports"];

/// Transforms the file at `path`. `kind` says what it is where its name and its folder tell; otherwise its own text decides.
pub(crate) fn transform(path: &str, source: &str, kind: Option<Kind>) -> Result<Transformed, SyntaxError> {
    let allocator = Allocator::default();
    let file_type = file_type(path);
    let source_type = source_type(path, kind);
    let source = blank_hashbang(source);
    let parsed = Parser::new(&allocator, &source, source_type).parse();
    first_error(&parsed.diagnostics, &source)?;
    let has_module_syntax = parsed.module_record.has_module_syntax;
    let mut program = parsed.program;
    let hoisted = Hoisted::find(&mut program);
    let analysed = SemanticBuilder::new_compiler().with_enum_eval(true).build(&program);
    first_error(&analysed.diagnostics, &source)?;
    let mut scoping = analysed.semantic.into_scoping();
    let kind = kind
        .unwrap_or_else(|| if !has_module_syntax && wants_commonjs(&scoping) { Kind::CommonJs } else { Kind::Module });
    if file_type.is_typescript() || file_type.is_jsx() {
        let made = Transformer::new(&allocator, Path::new(path), &options()).build_with_scoping(scoping, &mut program);
        first_error(&made.diagnostics, &source)?;
        scoping = made.scoping;
    }
    if kind == Kind::Module {
        ModuleRunnerTransform::new().transform(&allocator, &mut program, scoping);
        hoisted.apply(&mut program);
    }
    let made = Codegen::new()
        .with_options(CodegenOptions {
            source_map_path: Some(path.into()),
            comments: CommentOptions::disabled(),
            ..CodegenOptions::default()
        })
        .build(&program);
    let mut lines = Lines::default();
    #[expect(clippy::redundant_closure_for_method_calls, reason = "its type is of a crate that is none of ours")]
    for token in made.map.iter().flat_map(|map| map.get_tokens()) {
        // The head is a line of its own.
        lines.push((token.get_dst_line() + 1, token.get_dst_col()), (token.get_src_line(), token.get_src_col()));
    }
    let head = if kind == Kind::Module { MODULE_HEAD } else { COMMONJS_HEAD };
    Ok(Transformed { kind, code: [head, &made.code, TAIL].concat(), lines })
}

/// How the file at `path` is read.
pub(crate) fn source_type(path: &str, kind: Option<Kind>) -> SourceType {
    let file_type = file_type(path);
    match kind {
        Some(Kind::CommonJs) => file_type.with_commonjs(true),
        Some(Kind::Module) => file_type.with_module(true),
        None => file_type.with_unambiguous(true),
    }
}

fn file_type(path: &str) -> SourceType {
    SourceType::from_path(path).unwrap_or_else(|_| SourceType::mjs())
}

fn options() -> TransformOptions {
    let mut options = TransformOptions::default();
    options.jsx.runtime = JsxRuntime::Classic;
    options.decorator.legacy = true;
    options.helper_loader.mode = HelperLoaderMode::External;
    options
}

fn wants_commonjs(scoping: &Scoping) -> bool {
    scoping.root_unresolved_references().keys().any(|name| COMMONJS_NAMES.contains(&name.as_str()))
}

/// `#!` may stand in the first line of a file, but not of a function. Its line stays.
fn blank_hashbang(source: &str) -> std::borrow::Cow<'_, str> {
    source.strip_prefix("#!").map_or_else(|| source.into(), |rest| format!("//{rest}").into())
}

fn first_error(diagnostics: &Diagnostics, source: &str) -> Result<(), SyntaxError> {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    error.map_or(Ok(()), |error| Err(located(error, source)))
}

fn located(error: &OxcDiagnostic, source: &str) -> SyntaxError {
    let offset = error.labels.first().map_or(0, oxc_span::LabeledSpan::offset);
    let before = source.get(..offset as usize).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |text| text.encode_utf16().count()) + 1;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    SyntaxError { message: error.message.to_string(), line: number(line), column: number(column) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(path: &str, source: &str) -> String {
        transform(path, source, None).unwrap().code
    }

    #[test]
    fn types_are_gone_and_what_they_make_stays() {
        let code = code(
            "a.ts",
            "enum E { A = 2, B = A << 1 }\nexport class C { constructor(private x: number) {} }\nexport type T = E;",
        );
        assert!(code.contains("E[\"A\"] = 2") || code.contains("E[E[\"A\"] = 2] = \"A\""), "{code}");
        assert!(code.contains("this.x = x"), "{code}");
        assert!(!code.contains("number"), "{code}");
    }

    #[test]
    fn what_vitest_hoists_stands_before_the_imports_that_it_changes() {
        let source = "import { a } from './a';\nimport { vi } from 'vitest';\nconst x = vi.hoisted(() => 1);\nvi.mock('./a', () => ({ a: x }));\na();";
        let code = code("a.test.ts", source);
        let at = |text: &str| code.find(text).unwrap_or_else(|| panic!("{text} in {code}"));
        assert!(at("\"vitest\"") < at(".hoisted("), "{code}");
        assert!(at(".hoisted(") < at(".mock(") && at(".mock(") < at("\"./a\", {"), "{code}");
    }

    #[test]
    fn a_mock_of_an_import_is_a_mock_of_its_path() {
        let code = code("a.test.ts", "import { vi } from 'vitest';\nvi.mock(import('./a'));");
        assert!(code.contains(".mock(\"./a\")"), "{code}");
    }

    #[test]
    fn a_file_without_imports_that_requires_is_commonjs() {
        let kind = |path, source| transform(path, source, None).unwrap().kind;
        assert_eq!(kind("a.js", "const a = require('a'); module.exports = a;"), Kind::CommonJs);
        assert_eq!(kind("a.js", "test('a', () => {});"), Kind::Module);
        assert_eq!(kind("a.js", "import a from 'a'; const b = require('b');"), Kind::Module);
        assert_eq!(kind("a.cjs", "exports.a = 1;"), Kind::CommonJs);
    }

    #[test]
    fn a_line_of_the_code_leads_back_to_the_line_of_the_source() {
        let made = transform(
            "a.ts",
            "interface A {\n  a: number;\n}\n\nexport const f = (a: A) => {\n  throw new Error('x');\n};",
            None,
        )
        .unwrap();
        let line = made.code.lines().position(|line| line.contains("throw")).unwrap();
        assert_eq!(made.lines.source_of(u32::try_from(line).unwrap(), 8).unwrap().0, 5);
    }

    #[test]
    fn an_error_names_its_place() {
        let error = transform("a.ts", "const a = 1;\nconst b = ;\n", None).unwrap_err();
        assert_eq!((error.line, error.column), (2, 11), "{error:?}");
    }
}
