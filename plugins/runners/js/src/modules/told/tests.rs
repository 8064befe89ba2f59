use super::*;

fn numbered(path: &str, source: &str) -> (String, Vec<(String, u32)>) {
    let mut names = Vec::new();
    let text = told(source, SourceType::from_path(path).unwrap(), &mut |name, line| {
        names.push((name.to_owned(), line));
        u32::try_from(names.len()).unwrap()
    });
    let left = Allocator::default();
    let parsed = Parser::new(&left, &text, SourceType::from_path(path).unwrap()).parse();
    assert!(!parsed.diagnostics.has_errors(), "{text}\n{:?}", parsed.diagnostics);
    assert_eq!(text.matches('\n').count(), source.matches('\n').count(), "places stay: {text}");
    (text, names)
}

fn words(source: &str) -> String {
    numbered("a.ts", source).0.replace("__pact_", "").replace("__", "")
}

fn names(source: &str) -> Vec<String> {
    numbered("a.ts", source).1.into_iter().map(|(name, line)| format!("{name}:{line}")).collect()
}

#[test]
fn a_function_says_that_it_begins_and_that_it_ends() {
    assert_eq!(
        words("function f(a: number) { return a; }"),
        "function f(a: number) {enter(1);try{ return a; }finally{leave(1)}}"
    );
    assert_eq!(words("const f = () => {};"), "const f = () => {enter(1);try{}finally{leave(1)}};");
    assert_eq!(words("const f = (a) => ({ a });"), "const f = (a) => {enter(1);try{return ({ a })}finally{leave(1)}};");
    assert_eq!(
        words("const f = a => b => a + b;"),
        "const f = a => {enter(1);try{return b => {enter(2);try{return a + b}finally{leave(2)}}}finally{leave(1)}};"
    );
    assert_eq!(
        words("function f() { 'use strict'; return 1; }"),
        "function f() { 'use strict';enter(1);try{ return 1; }finally{leave(1)}}"
    );
}

#[test]
fn a_directive_that_a_line_ends_stays_one() {
    assert_eq!(
        words("function f() {\n  'use strict'\n  return 1\n}"),
        "function f() {\n  'use strict';enter(1);try{\n  return 1\n}finally{leave(1)}}"
    );
    assert_eq!(words("() => { \"use strict\" };"), "() => { \"use strict\";enter(1);try{ }finally{leave(1)}};");
}

#[test]
fn a_function_that_waits_says_when_and_when_it_goes_on() {
    assert_eq!(
        words("async function f() { return await g(await h()); }"),
        "async function f() {const call=begin(1);try{ return call.back(await call.wait(g(call.back(await call.wait(h()))))); }finally{call.end()}}"
    );
    assert_eq!(
        words("function* f() { const a = yield; yield* g(); }"),
        "function* f() {const call=begin(1);try{ const a = call.back(yield call.wait()); call.back(yield* call.wait(g())); }finally{call.end()}}"
    );
    assert_eq!(
        words("async () => { try { await a; } catch { b(); } finally { c(); } }"),
        "async () => {const call=begin(1);try{ try { call.back(await call.wait(a)); } catch {call.back(); b(); } finally {call.back(); c(); } }finally{call.end()}}"
    );
}

#[test]
fn a_loop_that_waits_goes_on_in_its_body_and_after_it() {
    assert_eq!(
        words("async function f(v) { for await (const a of v()) g(a); }"),
        "async function f(v) {const call=begin(1);try{ for await (const a of call.each(v())) {call.back();g(a);}call.back(); }finally{call.end()}}"
    );
    assert_eq!(words("for await (const a of v) await a;"), "for await (const a of v) await a;", "a module's own code");
}

#[test]
fn a_function_inside_of_one_that_waits_waits_by_itself() {
    assert_eq!(
        words("async () => { a.map((b) => b); await c; };"),
        "async () => {const call=begin(1);try{ a.map((b) => {enter(2);try{return b}finally{leave(2)}}); call.back(await call.wait(c)); }finally{call.end()}};"
    );
}

#[test]
fn functions_are_called_what_they_are_bound_to() {
    let source = "function one() {}\nconst two = () => 1;\nclass Three {\n  constructor() {}\n  four() {}\n  five = () => 1;\n  \
        static get six() { return 1; }\n}\nconst seven = { eight() {}, nine: function () {} };\nseven.ten = () => 1;\n\
        export default () => 1;\nit('is', () => { one(); });\nconst eleven = class { twelve() {} };";
    let expected = [
        "one:1",
        "two:2",
        "Three.constructor:4",
        "Three.four:5",
        "Three.five:6",
        "Three.six:7",
        "eight:9",
        "nine:9",
        "ten:10",
        "default:11",
        "<anonymous>:12",
        "eleven.twelve:13",
    ];
    assert_eq!(names(source), expected);
}

#[test]
fn what_a_class_does_before_super_is_left_alone() {
    let source = "class A extends B { constructor(private a: number) { super(a, () => 1); } b() {} }";
    assert_eq!(names(source), ["<anonymous>:1", "A.b:1"]);
    assert!(words(source).contains("constructor(private a: number) { super("), "{}", words(source));
}

#[test]
fn a_proxy_is_one_function() {
    let source =
        "import { call } from \"pact:peer\";\nexport function a() { return call(); }\nexport const b = () => call();";
    let (text, names) = numbered("a.ts", source);
    assert_eq!(names, [("<crossing>".to_owned(), 1)]);
    assert_eq!(text.matches("__pact_enter__(1)").count(), 2);
}

#[test]
fn a_text_that_does_not_parse_comes_back() {
    let source = "const f = () => {;";
    assert_eq!(told(source, SourceType::ts(), &mut |_, _| panic!("there is no function")), source);
}
