//! Which language a folder's tests are in, by what the runners say of themselves.
//!
//! A plugin that runs several languages names the narrowest first: of its languages that match equally many files, the first
//! is meant.

use anyhow::anyhow;
use pact_pipeline::ports::RunnerInfo;

use crate::exit::Failure;
use crate::files::Gathered;
use pact_pipeline::test_files::TestFiles;

use crate::files::roles;

/// Chooses the runner of the language that was named, else the only one with test files.
pub(super) fn choose(runners: Vec<RunnerInfo>, named: Option<&str>, files: &[Gathered]) -> Result<RunnerInfo, Failure> {
    let mut counts = Vec::new();
    for info in &runners {
        let tests = TestFiles::new(&info.test_patterns)
            .map_err(|error| Failure::plugin(error).context(format!("read the test patterns of `{}`", info.plugin)))?;
        let (language, plugin) = (info.language.as_str(), info.plugin.as_str());
        counts.push(Count {
            language,
            plugin,
            files: roles::count(&tests, files),
            patterns: info.test_patterns.join(", "),
        });
    }
    let position = match named {
        Some(name) => counts.iter().position(|count| count.language == name).ok_or_else(|| {
            let known: Vec<&str> = counts.iter().map(|count| count.language).collect();
            Failure::usage(anyhow!("no runner for `{name}`")).hint(format!("there is one for: {}", known.join(", ")))
        }),
        None => only(&counts),
    }?;
    runners.into_iter().nth(position).ok_or_else(|| Failure::bug(anyhow!("a language lost its place")))
}

/// How many test files of a language there are.
struct Count<'a> {
    language: &'a str,
    plugin: &'a str,
    files: usize,
    patterns: String,
}

fn only(counts: &[Count<'_>]) -> Result<usize, Failure> {
    // Of the languages of one plugin, which may share files, the first that has most of them stands for all.
    let stands_for_all = |at: usize| {
        let mut others = counts.iter().enumerate().filter(|(_, other)| other.plugin == counts[at].plugin);
        others.all(|(other, count)| count.files < counts[at].files || (count.files == counts[at].files && other >= at))
    };
    let with_tests: Vec<usize> =
        (0..counts.len()).filter(|at| counts[*at].files > 0).filter(|at| stands_for_all(*at)).collect();
    match with_tests[..] {
        [only] => Ok(only),
        [] => {
            let known = counts.iter().map(|count| format!("{}: 0 test files ({})", count.language, count.patterns));
            Err(Failure::usage(anyhow!("no test files of a known language")).hint(format!(
                "looked for\n{}\nname the language with --lang where tests lie elsewhere",
                known.collect::<Vec<_>>().join("\n")
            )))
        }
        _ => {
            let found =
                with_tests.iter().map(|at| format!("{}: {} test files", counts[*at].language, counts[*at].files));
            Err(Failure::usage(anyhow!("test files of {} languages", with_tests.len()))
                .hint(format!("{}\nname one with --lang", found.collect::<Vec<_>>().join("\n"))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(language: &'static str, files: usize) -> Count<'static> {
        Count { language, plugin: language, files, patterns: format!("*.{language}") }
    }

    fn of_one(language: &'static str, files: usize) -> Count<'static> {
        Count { plugin: "one", ..count(language, files) }
    }

    #[test]
    fn of_the_languages_of_one_plugin_the_narrowest_that_has_all_files_is_taken() {
        assert_eq!(only(&[of_one("narrow", 3), of_one("wide", 3)]).unwrap(), 0);
        assert_eq!(only(&[of_one("narrow", 2), of_one("wide", 3), count("a", 0)]).unwrap(), 1);
        assert_eq!(only(&[of_one("narrow", 2), of_one("wide", 3), count("a", 1)]).unwrap_err().code(), 2);
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
