//! pytest's rules of collection, applied to the names of a file.

use ruff_python_ast::{Decorator, Expr, StmtClassDef, StmtFunctionDef};

use super::TestFunction;
use super::marks::{Mark, Marks};
use crate::source::Source;
use crate::source::bindings::Bindings;
use crate::source::namespace::{Certainty, Meaning, Member, Namespace};

/// Collects the tests of one file.
pub(super) struct Collection<'s> {
    source: &'s Source<'s>,
    bindings: &'s Bindings<'s>,
    marks: &'s Marks<'s>,
    module: Namespace<'s>,
    found: Vec<TestFunction>,
}

/// What the classes and the module round a test contribute to it.
#[derive(Clone, Default)]
struct Surroundings {
    id: String,
    marks: Vec<Mark>,
    is_parametrised: bool,
}

/// A class with its bases of the same file, nearest first.
struct Lineage<'s> {
    classes: Vec<&'s StmtClassDef>,
    /// For each class its own names.
    namespaces: Vec<Namespace<'s>>,
    kind: ClassKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ClassKind {
    Plain,
    Unittest,
    /// A base comes from elsewhere, so it may be either.
    Unknown,
}

impl<'s> Collection<'s> {
    pub(super) fn new(source: &'s Source<'s>, bindings: &'s Bindings<'s>, marks: &'s Marks<'s>) -> Self {
        Self { source, bindings, marks, module: Namespace::of(source.body()), found: Vec::new() }
    }

    pub(super) fn functions(mut self) -> Vec<TestFunction> {
        if self.module.is_assigned("__test__", false) {
            return Vec::new();
        }
        let mut round = Surroundings { id: self.source.path().to_owned(), ..Surroundings::default() };
        self.add_pytestmark(&self.module, &mut round);
        let members: Vec<_> = self.module.members().collect();
        for member in members {
            match member.meaning {
                Meaning::Class(class) => self.collect_class(class, member.certainty, &round),
                Meaning::Bound(..) if member.name.starts_with("Test") => self.collect_member(member, &round),
                _ if member.name.starts_with("test") => self.collect_member(member, &round),
                _ => {}
            }
        }
        self.found
    }

    fn collect_class(&mut self, class: &'s StmtClassDef, certainty: Certainty, round: &Surroundings) {
        let lineage = self.lineage(class);
        let Some(certainty) = lineage.certainty(class.name.as_str(), certainty) else { return };
        let mut round = round.clone();
        round.id = format!("{}::{}", round.id, class.name);
        for (class, namespace) in lineage.classes.iter().zip(&lineage.namespaces) {
            self.add_decorators(&class.decorator_list, &mut round);
            self.add_pytestmark(namespace, &mut round);
        }
        let members = lineage.members();
        for member in &members {
            match member.meaning {
                Meaning::Class(inner) if lineage.kind != ClassKind::Unittest => {
                    self.collect_class(inner, weaker(certainty, member.certainty), &round);
                }
                _ if member.name.starts_with("test") => {
                    self.collect_member(Member { certainty: weaker(certainty, member.certainty), ..*member }, &round);
                }
                _ => {}
            }
        }
        // unittest runs `runTest` when a class has no other test.
        if lineage.kind == ClassKind::Unittest
            && !members.iter().any(|member| member.name.starts_with("test"))
            && let Some(member) = members.iter().find(|member| member.name == "runTest")
        {
            self.collect_member(*member, &round);
        }
    }

    fn collect_member(&mut self, member: Member<'s>, round: &Surroundings) {
        let id = format!("{}::{}", round.id, member.name);
        match member.meaning {
            Meaning::Function(function) => {
                if !self.is_hidden(function) {
                    let test = self.test_function(function, id, member.certainty, round.clone());
                    self.found.push(test);
                }
            }
            Meaning::Bound(range, _) => {
                let line = self.source.first_line(&range);
                self.found.push(TestFunction {
                    id,
                    certainty: Certainty::Bound,
                    first_line: line,
                    definition_line: line,
                    last_line: line,
                    is_async: false,
                    is_parametrised: round.is_parametrised,
                    marks: round.marks.clone(),
                });
            }
            Meaning::Class(_) => {}
        }
    }

    fn test_function(
        &self,
        function: &'s StmtFunctionDef,
        id: String,
        certainty: Certainty,
        mut round: Surroundings,
    ) -> TestFunction {
        self.add_decorators(&function.decorator_list, &mut round);
        let definition_line = self.source.first_line(&function.name);
        let decorated = function.decorator_list.first().map(|decorator| self.source.first_line(decorator));
        TestFunction {
            id,
            certainty,
            first_line: decorated.unwrap_or(definition_line),
            definition_line,
            last_line: self.source.last_line(function),
            is_async: function.is_async,
            is_parametrised: round.is_parametrised,
            marks: round.marks,
        }
    }

    /// A fixture or a property has the name of a test and is none.
    fn is_hidden(&self, function: &StmtFunctionDef) -> bool {
        function.decorator_list.iter().any(|decorator| {
            let expression = match &decorator.expression {
                Expr::Call(call) => &*call.func,
                other => other,
            };
            let is_property = matches!(expression, Expr::Name(name) if name.id.as_str() == "property");
            is_property || self.marks.makes_fixture(expression)
        })
    }

    fn add_decorators(&self, decorators: &'s [Decorator], round: &mut Surroundings) {
        round.marks.extend(self.marks.of_decorators(decorators));
        round.is_parametrised |= decorators.iter().any(|decorator| self.marks.parametrises(&decorator.expression));
    }

    fn add_pytestmark(&self, namespace: &Namespace<'s>, round: &mut Surroundings) {
        if let Some(Member { meaning: Meaning::Bound(_, Some(value)), .. }) = namespace.get("pytestmark") {
            round.marks.extend(self.marks.declared(value));
            round.is_parametrised |= self.marks.parametrises(value);
        }
    }

    /// Follows the bases of a class through the file.
    fn lineage(&self, class: &'s StmtClassDef) -> Lineage<'s> {
        let mut lineage = Lineage { classes: Vec::new(), namespaces: Vec::new(), kind: ClassKind::Plain };
        self.add_ancestors(class, &mut lineage);
        lineage
    }

    fn add_ancestors(&self, class: &'s StmtClassDef, lineage: &mut Lineage<'s>) {
        // A class that names itself as a base is an error of the file that the run reports.
        if lineage.classes.iter().any(|known| std::ptr::eq(*known, class)) {
            return;
        }
        lineage.classes.push(class);
        lineage.namespaces.push(Namespace::of(&class.body));
        for base in class.bases() {
            let in_file = match base {
                Expr::Name(name) => self.module.get(name.id.as_str()).map(|member| member.meaning),
                _ => None,
            };
            match (in_file, self.bindings.resolve(base).as_deref()) {
                (Some(Meaning::Class(parent)), _) => self.add_ancestors(parent, lineage),
                (_, Some(name)) if is_unittest_case(name) => lineage.kind = ClassKind::Unittest,
                (_, Some(name)) if is_harmless_base(name) => {}
                (None, None) if matches!(base, Expr::Name(name) if name.id.as_str() == "object") => {}
                _ if lineage.kind == ClassKind::Plain => lineage.kind = ClassKind::Unknown,
                _ => {}
            }
        }
    }
}

impl<'s> Lineage<'s> {
    /// Returns how certain it is that the framework collects the class, `None` when it does not.
    fn certainty(&self, name: &str, certainty: Certainty) -> Option<Certainty> {
        let switch = self.namespaces.iter().find_map(|names| {
            let off = names.is_assigned("__test__", false).then_some(false);
            off.or(names.is_assigned("__test__", true).then_some(true))
        });
        if switch == Some(false) {
            return None;
        }
        if self.kind == ClassKind::Unittest {
            return Some(certainty);
        }
        let is_constructed =
            self.namespaces.iter().any(|names| names.get("__init__").or(names.get("__new__")).is_some());
        if is_constructed {
            return None;
        }
        if name.starts_with("Test") || switch == Some(true) {
            return Some(certainty);
        }
        // With an unknown base it may be a unittest class, and those need no name.
        (self.kind == ClassKind::Unknown).then_some(Certainty::Conditional)
    }

    /// Returns the names of the class, inherited ones included; the nearest definition counts.
    fn members(&self) -> Vec<Member<'s>> {
        let mut members: Vec<Member<'s>> = Vec::new();
        for namespace in &self.namespaces {
            for member in namespace.members() {
                if !members.iter().any(|known| known.name == member.name) {
                    members.push(member);
                }
            }
        }
        members
    }
}

fn is_unittest_case(name: &str) -> bool {
    matches!(
        name,
        "unittest.TestCase"
            | "unittest.case.TestCase"
            | "unittest.IsolatedAsyncioTestCase"
            | "unittest.async_case.IsolatedAsyncioTestCase"
    )
}

/// Bases of the standard library that bring neither tests nor a constructor.
fn is_harmless_base(name: &str) -> bool {
    matches!(name, "abc.ABC" | "typing.Generic" | "typing.Protocol")
}

fn weaker(outer: Certainty, inner: Certainty) -> Certainty {
    if outer == Certainty::Conditional && inner == Certainty::Defined { outer } else { inner }
}
