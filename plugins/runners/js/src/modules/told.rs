//! A source file that says which of its functions begins and which ends: for profiles.
//!
//! Words are put into the text, before it is parsed for good; no line is added, so that places stay. A function that can wait
//! (`async`, `function*`) has a call of its own, which says when it waits and when it goes on. The constructor of a class that
//! extends another is left alone, because what it does before `super` is the language's business; so is a module's own code.
//! What they use counts for what called them.

mod visitor;

use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, FunctionBody, PropertyKey};
use oxc_ast_visit::Visit as _;
use oxc_parser::Parser;
use oxc_span::{GetSpan as _, SourceType, Span};

/// What the words are called in the text. Of a function that cannot wait: `ENTER` and `LEAVE` with its number. Of one that can:
/// `BEGIN` with its number makes `CALL`, which has `wait`, `back`, `each` and `end`.
pub(crate) const WORDS: [&str; 3] = [ENTER, LEAVE, BEGIN];
const ENTER: &str = "__pact_enter__";
const LEAVE: &str = "__pact_leave__";
const BEGIN: &str = "__pact_begin__";
const CALL: &str = "__pact_call__";

/// A name for a function that has none.
const ANONYMOUS: &str = "<anonymous>";

/// Puts the words in. `number` is given the name and the line of a function, one-based; a file that is a proxy of another
/// component is one function. A text that does not parse comes back as it is: what is wrong is said elsewhere.
pub(crate) fn told(source: &str, source_type: SourceType, number: &mut dyn FnMut(&str, u32) -> u32) -> String {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, source_type).parse();
    if parsed.panicked || parsed.diagnostics.has_errors() {
        return source.to_owned();
    }
    let mut teller = Teller {
        source,
        number,
        edits: Vec::new(),
        name: None,
        classes: Vec::new(),
        waits: Vec::new(),
        crossing: None,
    };
    teller.visit_program(&parsed.program);
    teller.applied()
}

struct Edit {
    at: u32,
    /// At one place, what ends something comes before what begins something.
    begins: bool,
    text: String,
}

struct ClassScope {
    name: Option<String>,
    extends: bool,
}

struct Teller<'s> {
    source: &'s str,
    number: &'s mut dyn FnMut(&str, u32) -> u32,
    edits: Vec<Edit>,
    /// What the function that comes next is bound to.
    name: Option<String>,
    classes: Vec<ClassScope>,
    /// Of each function around: whether it can wait.
    waits: Vec<bool>,
    /// The number of a proxy.
    crossing: Option<u32>,
}

impl Teller<'_> {
    fn applied(mut self) -> String {
        self.edits.sort_by_key(|edit| (edit.at, edit.begins));
        let mut text =
            String::with_capacity(self.source.len() + self.edits.iter().map(|edit| edit.text.len()).sum::<usize>());
        let mut done = 0;
        for edit in &self.edits {
            let at = edit.at as usize;
            text.push_str(self.source.get(done..at).unwrap_or_default());
            text.push_str(&edit.text);
            done = at;
        }
        text.push_str(self.source.get(done..).unwrap_or_default());
        text
    }

    fn begin(&mut self, at: u32, text: impl Into<String>) {
        self.edits.push(Edit { at, begins: true, text: text.into() });
    }

    fn end(&mut self, at: u32, text: impl Into<String>) {
        self.edits.push(Edit { at, begins: false, text: text.into() });
    }

    fn numbered(&mut self, own: Option<&str>, span: Span) -> u32 {
        let bound = self.name.take();
        if let Some(number) = self.crossing {
            return number;
        }
        let name = own.map(str::to_owned).or(bound).unwrap_or_else(|| ANONYMOUS.to_owned());
        let before = self.source.get(..span.start as usize).unwrap_or_default();
        let line = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1);
        (self.number)(&name, line)
    }

    /// The words round what stands between two places, which `inside` visits. `is_value`: it is the value of an arrow function.
    fn around(&mut self, words: Words, from: u32, to: u32, is_value: bool, inside: impl FnOnce(&mut Self)) {
        let Words { number, can_wait } = words;
        let (mut first, mut last) = if can_wait {
            (format!("const {CALL}={BEGIN}({number});try{{"), format!("}}finally{{{CALL}.end()}}"))
        } else {
            (format!("{ENTER}({number});try{{"), format!("}}finally{{{LEAVE}({number})}}"))
        };
        if is_value {
            first = format!("{{{first}return ");
            last.push('}');
        }
        self.waits.push(can_wait);
        if from == to {
            self.begin(from, first + &last);
        } else {
            self.begin(from, first);
            inside(self);
            self.end(to, last);
        }
        self.waits.pop();
    }

    fn body(&mut self, words: Words, body: &FunctionBody<'_>) {
        let from = body.directives.last().map_or(body.span.start + 1, |directive| directive.span.end);
        if self.source.get(..from as usize).is_some_and(|before| before.ends_with(['"', '\''])) {
            // The line's end was what ended it.
            self.begin(from, ";");
        }
        self.around(words, from, body.span.end - 1, false, |teller| teller.visit_statements(&body.statements));
    }

    fn can_wait(&self) -> bool {
        self.waits.last() == Some(&true)
    }

    /// What comes next may go on after something was waited for.
    fn goes_on(&mut self, at: u32) {
        if self.can_wait() {
            self.begin(at, format!("{CALL}.back();"));
        }
    }

    /// `waited` is what is waited for, of an expression that is all of `whole`.
    fn waiting(&mut self, whole: Span, waited: Option<&Expression<'_>>) {
        let can_wait = self.can_wait();
        if can_wait {
            self.begin(whole.start, format!("{CALL}.back("));
        }
        match waited {
            Some(waited) if can_wait => {
                self.begin(waited.span().start, format!("{CALL}.wait("));
                self.visit_expression(waited);
                self.end(waited.span().end, "))");
            }
            Some(waited) => self.visit_expression(waited),
            None if can_wait => self.end(whole.end, format!(" {CALL}.wait())")),
            None => {}
        }
    }

    /// Says what a function is called that is the value of something with a name.
    fn bind(&mut self, name: Option<String>, value: Option<&Expression<'_>>) {
        let is_nameless = match value.map(Expression::get_inner_expression) {
            Some(Expression::FunctionExpression(function)) => function.id.is_none(),
            Some(Expression::ClassExpression(class)) => class.id.is_none(),
            Some(Expression::ArrowFunctionExpression(_)) => true,
            _ => false,
        };
        if is_nameless {
            self.name = name;
        }
    }

    fn member(&self, key: &PropertyKey<'_>) -> Option<String> {
        let own = key.name()?;
        let class = self.classes.last().and_then(|class| class.name.as_deref());
        Some(class.map_or_else(|| own.to_string(), |class| format!("{class}.{own}")))
    }
}

#[derive(Clone, Copy)]
struct Words {
    number: u32,
    can_wait: bool,
}

#[cfg(test)]
mod tests;
