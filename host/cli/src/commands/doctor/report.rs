//! The report of `pact doctor` for people.

use super::document::Document;
use crate::exit::Exit;
use crate::files::size;
use crate::ui::{Colour, Paint, line, text};

/// Everything that was found, and what it means.
pub(super) fn report(document: &Document, paint: Paint) -> String {
    let machine = &document.machine;
    let mut report = format!("pact {} on {}\n", machine.version, machine.platform);
    let place = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| line(&path.display().to_string()));
    report.push_str(&format!("executable: {}\n", place(&machine.executable).unwrap_or("unknown".to_owned())));
    report.push_str(&match (place(&machine.cache.path), &machine.cache.error) {
        (_, Some(error)) => format!("cache: {}: {}\n", bad(paint, "not used"), line(error)),
        (path, None) => format!(
            "cache: {}, private, {} compiled {}, {}\n",
            path.unwrap_or_default(),
            machine.cache.entries,
            if machine.cache.entries == 1 { "plugin" } else { "plugins" },
            size(machine.cache.bytes),
        ),
    });
    let git = place(&machine.git).unwrap_or("not found; pact works without it".to_owned());
    report.push_str(&format!("git: {git}\n"));

    report.push_str(&format!("\n{}\n", paint.paint("plugins", Colour::Bold)));
    for plugin in &document.plugins {
        let name = format!("{} {} ({})", plugin.id, line(&plugin.version), plugin.world);
        let how = if plugin.compiled { "compiled" } else { "mapped" };
        report.push_str(&match &plugin.error {
            None => format!("  {}  {name}, {how} in {:.2} s\n", good(paint, "loads"), plugin.seconds),
            Some(error) => {
                format!("  {}  {name}\n    {}\n", bad(paint, "refused"), text(error).replace('\n', "\n    "))
            }
        });
    }

    let engine = line(&document.sandbox.engine);
    report.push_str(&format!("\n{} ({engine})\n", paint.paint("sandbox: a hostile plugin tried to", Colour::Bold)));
    for finding in &document.sandbox.findings {
        let (mark, outcome) = if finding.held {
            (good(paint, "held"), line(&finding.outcome))
        } else {
            (bad(paint, "BROKEN"), line(&finding.outcome))
        };
        report.push_str(&format!("  {mark}  {}: {outcome}\n", finding.title));
    }
    report.push_str(&format!("\n{}\n", conclusion(document, paint)));
    report
}

fn conclusion(document: &Document, paint: Paint) -> String {
    match document.exit() {
        Exit::Good => good(paint, "all is well"),
        _ if !document.sandbox.holds() => {
            bad(paint, "the sandbox does not hold here: run nothing that you do not trust, and report this")
        }
        Exit::Usage => bad(paint, "compiled plugins are not kept, so every run compiles them: see `cache`"),
        _ => bad(paint, "a plugin is refused: see `plugins`; `cargo plugins` builds the shipped ones"),
    }
}

fn good(paint: Paint, words: &str) -> String {
    paint.paint(words, Colour::Green)
}

fn bad(paint: Paint, words: &str) -> String {
    paint.paint(words, Colour::Red)
}

#[cfg(test)]
mod tests {
    use pact_grants::World;

    use super::super::attempt::Finding;
    use super::super::document::{CheckedPlugin, Sandbox};
    use super::super::machine::{Cache, Machine};
    use super::*;

    fn machine(error: Option<&str>) -> Machine {
        Machine {
            version: "1.2.3",
            platform: "x86_64 linux".to_owned(),
            executable: Some("/opt/bin/pact".into()),
            cache: Cache {
                path: Some("/home/me/.cache/pact/native".into()),
                error: error.map(str::to_owned),
                entries: 1,
                bytes: 2_100_000,
            },
            git: None,
        }
    }

    fn plugin(error: Option<&str>) -> CheckedPlugin {
        CheckedPlugin {
            id: "python".to_owned(),
            version: "0.1.0".to_owned(),
            world: World::LanguageBackend,
            origin: "inside".to_owned(),
            compiled: error.is_none(),
            seconds: 0.5,
            error: error.map(str::to_owned),
        }
    }

    fn sandbox(held: bool) -> Sandbox {
        let outcome = if held { "refused" } else { "reached: \u{1b}[2J/etc/passwd" }.to_owned();
        let finding = Finding { attempt: "files", title: "open files of this machine", held, outcome };
        Sandbox { engine: "wasmtime 1 abc".to_owned(), findings: vec![finding] }
    }

    fn shown(document: &Document) -> String {
        format!("{}exit {}", report(document, Paint::new(false)), document.exit().code())
    }

    #[test]
    fn a_healthy_machine_says_what_was_found() {
        let document = Document::new(machine(None), vec![plugin(None)], sandbox(true));
        insta::assert_snapshot!(shown(&document), @r"
        pact 1.2.3 on x86_64 linux
        executable: /opt/bin/pact
        cache: /home/me/.cache/pact/native, private, 1 compiled plugin, 2 MiB
        git: not found; pact works without it

        plugins
          loads  python 0.1.0 (language-backend), compiled in 0.50 s

        sandbox: a hostile plugin tried to (wasmtime 1 abc)
          held  open files of this machine: refused

        all is well
        exit 0
        ");
    }

    #[test]
    fn a_broken_sandbox_outweighs_everything() {
        let document = Document::new(machine(Some("it is not private")), vec![plugin(Some("no"))], sandbox(false));
        insta::assert_snapshot!(shown(&document), @r"
        pact 1.2.3 on x86_64 linux
        executable: /opt/bin/pact
        cache: not used: it is not private
        git: not found; pact works without it

        plugins
          refused  python 0.1.0 (language-backend)
            no

        sandbox: a hostile plugin tried to (wasmtime 1 abc)
          BROKEN  open files of this machine: reached: \u{1b}[2J/etc/passwd

        the sandbox does not hold here: run nothing that you do not trust, and report this
        exit 3
        ");
    }

    #[test]
    fn a_cache_that_is_not_used_is_the_users_to_mend() {
        let document = Document::new(machine(Some("it is not private")), vec![plugin(None)], sandbox(true));
        assert_eq!(document.exit(), Exit::Usage);
    }

    #[test]
    fn no_examination_is_no_health() {
        let none = Sandbox { engine: String::new(), findings: vec![] };
        assert_eq!(Document::new(machine(None), vec![], none).exit(), Exit::NoJudgement);
    }
}
