//! The names that a block of statements leaves behind. A later definition replaces an earlier one, as in Python.

use ruff_python_ast::{ExceptHandler, Expr, Identifier, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_text_size::TextRange;

/// Whether a name is bound when the block has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Defined unconditionally.
    Defined,
    /// Defined inside a condition, a loop or a `try`.
    Conditional,
    /// Bound by an import or an assignment.
    Bound,
}

/// What a name stands for.
#[derive(Clone, Copy)]
pub(crate) enum Meaning<'a> {
    Function(&'a StmtFunctionDef),
    Class(&'a StmtClassDef),
    /// Imported or assigned: the range is the name's, the expression is there for a simple assignment.
    Bound(TextRange, Option<&'a Expr>),
}

/// One name of a block.
#[derive(Clone, Copy)]
pub(crate) struct Member<'a> {
    pub(crate) name: &'a str,
    pub(crate) meaning: Meaning<'a>,
    pub(crate) certainty: Certainty,
}

/// The names of a block, in the order of their first binding.
pub(crate) struct Namespace<'a> {
    members: Vec<Member<'a>>,
}

impl<'a> Namespace<'a> {
    pub(crate) fn of(body: &'a [Stmt]) -> Self {
        let mut namespace = Self { members: Vec::new() };
        namespace.read(body, Certainty::Defined);
        namespace
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = Member<'a>> {
        self.members.iter().copied()
    }

    pub(crate) fn get(&self, name: &str) -> Option<Member<'a>> {
        self.members().find(|member| member.name == name)
    }

    /// Returns whether a name is assigned exactly this boolean.
    pub(crate) fn is_assigned(&self, name: &str, value: bool) -> bool {
        let assigned = self.get(name).map(|member| member.meaning);
        matches!(assigned, Some(Meaning::Bound(_, Some(Expr::BooleanLiteral(literal)))) if literal.value == value)
    }

    fn read(&mut self, body: &'a [Stmt], certainty: Certainty) {
        for statement in body {
            self.read_statement(statement, certainty);
        }
    }

    fn read_statement(&mut self, statement: &'a Stmt, certainty: Certainty) {
        match statement {
            Stmt::FunctionDef(function) => self.bind(function.name.as_str(), Meaning::Function(function), certainty),
            Stmt::ClassDef(class) => self.bind(class.name.as_str(), Meaning::Class(class), certainty),
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.bind_import(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in import.names.iter().filter(|alias| alias.name.as_str() != "*") {
                    self.bind_import(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.bind_target(target, Some(&assign.value));
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.bind_target(&assign.target, Some(value));
                }
            }
            Stmt::Delete(delete) => {
                for target in &delete.targets {
                    if let Expr::Name(name) = target {
                        self.members.retain(|member| member.name != name.id.as_str());
                    }
                }
            }
            // The body of a `with` runs unless the file fails as a whole.
            Stmt::With(with) => self.read(&with.body, certainty),
            Stmt::If(condition) => {
                self.read(&condition.body, Certainty::Conditional);
                for clause in &condition.elif_else_clauses {
                    self.read(&clause.body, Certainty::Conditional);
                }
            }
            Stmt::For(each) => {
                self.read(&each.body, Certainty::Conditional);
                self.read(&each.orelse, Certainty::Conditional);
            }
            Stmt::While(each) => {
                self.read(&each.body, Certainty::Conditional);
                self.read(&each.orelse, Certainty::Conditional);
            }
            Stmt::Match(choice) => {
                for case in &choice.cases {
                    self.read(&case.body, Certainty::Conditional);
                }
            }
            Stmt::Try(attempt) => {
                self.read(&attempt.body, Certainty::Conditional);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    self.read(&handler.body, Certainty::Conditional);
                }
                self.read(&attempt.orelse, Certainty::Conditional);
                self.read(&attempt.finalbody, certainty);
            }
            _ => {}
        }
    }

    fn bind_import(&mut self, name: &'a Identifier) {
        // `import a.b` binds `a`.
        let first = name.as_str().split('.').next().unwrap_or_default();
        self.bind(first, Meaning::Bound(name.range, None), Certainty::Bound);
    }

    fn bind_target(&mut self, target: &'a Expr, value: Option<&'a Expr>) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), Meaning::Bound(name.range, value), Certainty::Bound),
            // Of `a, b = ...` it is unknown which value goes where.
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.bind_target(target, None)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.bind_target(target, None)),
            _ => {}
        }
    }

    fn bind(&mut self, name: &'a str, meaning: Meaning<'a>, certainty: Certainty) {
        let member = Member { name, meaning, certainty };
        match self.members.iter_mut().find(|member| member.name == name) {
            // Something that a condition may replace: the first definition stays, for it is certain.
            Some(earlier) if earlier.certainty == Certainty::Defined && certainty == Certainty::Conditional => {}
            Some(earlier) => *earlier = member,
            None => self.members.push(member),
        }
    }
}
