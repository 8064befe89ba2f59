//! Which language a folder's tests are in, by what the runners say of themselves.

use std::sync::Arc;

use anyhow::anyhow;
use pact_pipeline::ports::TestRunner;

use crate::exit::Failure;
use crate::files::Gathered;
use pact_pipeline::test_files::TestFiles;

use crate::files::roles;

/// Chooses the runner of the language that was named, else the only one with test files.
pub(super) fn choose(
    runners: Vec<Arc<dyn TestRunner>>,
    named: Option<&str>,
    files: &[Gathered],
) -> Result<Arc<dyn TestRunner>, Failure> {
    let mut counts = Vec::new();
    for runner in &runners {
        let info = runner.info();
        let tests = TestFiles::new(&info.test_patterns)
            .map_err(|error| Failure::plugin(error).context(format!("read the test patterns of `{}`", info.plugin)))?;
        counts.push((info.language.as_str(), roles::count(&tests, files), info.test_patterns.join(", ")));
    }
    let position = match named {
        Some(name) => counts.iter().position(|(language, ..)| *language == name).ok_or_else(|| {
            let known: Vec<&str> = counts.iter().map(|(language, ..)| *language).collect();
            Failure::usage(anyhow!("no runner for `{name}`")).hint(format!("there is one for: {}", known.join(", ")))
        }),
        None => only(&counts),
    }?;
    runners.into_iter().nth(position).ok_or_else(|| Failure::bug(anyhow!("a language lost its place")))
}

fn only(counts: &[(&str, usize, String)]) -> Result<usize, Failure> {
    let with_tests: Vec<usize> = (0..counts.len()).filter(|at| counts[*at].1 > 0).collect();
    match with_tests[..] {
        [only] => Ok(only),
        [] => {
            let known: Vec<String> =
                counts.iter().map(|(language, _, patterns)| format!("{language}: 0 test files ({patterns})")).collect();
            Err(Failure::usage(anyhow!("no test files of a known language")).hint(format!(
                "looked for\n{}\nname the language with --lang where tests lie elsewhere",
                known.join("\n")
            )))
        }
        _ => {
            let found: Vec<String> =
                with_tests.iter().map(|at| format!("{}: {} test files", counts[*at].0, counts[*at].1)).collect();
            Err(Failure::usage(anyhow!("test files of {} languages", with_tests.len()))
                .hint(format!("{}\nname one with --lang", found.join("\n"))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(language: &'static str, count: usize) -> (&'static str, usize, String) {
        (language, count, format!("*.{language}"))
    }

    #[test]
    fn takes_the_only_language_with_tests() {
        assert_eq!(only(&[count("a", 0), count("b", 3)]).unwrap(), 1);
    }

    #[test]
    fn lists_the_counts_when_there_are_several() {
        let failure = only(&[count("a", 2), count("b", 3), count("c", 0)]).unwrap_err();
        assert_eq!(failure.code(), 2);
        insta::assert_snapshot!(failure.words(), @r"
        error: test files of 2 languages
          hint: a: 2 test files
                b: 3 test files
                name one with --lang
        ");
    }

    #[test]
    fn says_what_it_looked_for_when_there_is_none() {
        insta::assert_snapshot!(only(&[count("a", 0)]).unwrap_err().words(), @r"
        error: no test files of a known language
          hint: looked for
                a: 0 test files (*.a)
                name the language with --lang where tests lie elsewhere
        ");
    }
}
