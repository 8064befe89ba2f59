//! What a look into a plugin's file shows: its manifest, its imports and exports, its limits.

use pact_grants::{LimitRequest, Limits, Manifest};
use pact_runtime::{Import, ImportKind, Interfaces};
use serde::Serialize;

use super::effective::Decision;
use crate::exit::Failure;
use crate::files::size;
use crate::toolbox::Plugin;
use crate::ui::line;

/// `pact/plugin-inspect@1`.
#[derive(Debug, Serialize)]
pub(super) struct Inspection {
    schema: &'static str,
    origin: String,
    bytes: u64,
    digest: String,
    manifest: Manifest,
    interfaces: Interfaces,
    limits: LimitsOf,
    /// What it may do here; only with `--effective`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authority: Option<Decision>,
}

/// The limits of a session, by who sets them. In the plugin's own, absent means that the host's hold.
#[derive(Debug, Serialize)]
struct LimitsOf {
    host: Limits,
    plugin: LimitRequest,
    effective: Limits,
}

impl Inspection {
    pub(super) fn of(plugin: &Plugin) -> Result<Self, Failure> {
        let (file, manifest) = (plugin.file(), plugin.manifest().clone());
        let context = || format!("read the plugin {}", file.origin);
        let interfaces = file.interfaces().map_err(|error| Failure::plugin(error).context(context()))?;
        let host = Limits::of(manifest.world);
        let effective = host.lowered_by(&manifest.limits);
        Ok(Self {
            schema: "pact/plugin-inspect@1",
            origin: file.origin.clone(),
            bytes: file.bytes.len() as u64,
            digest: file.digest(),
            interfaces,
            limits: LimitsOf { host, plugin: manifest.limits.clone(), effective },
            manifest,
            authority: None,
        })
    }

    /// Returns it for people.
    pub(super) fn report(&self) -> String {
        let manifest = &self.manifest;
        let mut report = format!("{} {}", manifest.id, line(&manifest.version));
        if let Some(description) = &manifest.description {
            report.push_str(&format!(": {}", line(description)));
        }
        report.push_str(&format!(
            "\nworld: {}\nlicence: {}\nfrom: {}, {}\nsha256: {}\n",
            manifest.world,
            line(&manifest.license),
            line(&self.origin),
            size(self.bytes),
            self.digest,
        ));
        report.push_str(&self.imports());
        report.push_str(&section("exports", self.interfaces.exports.iter().map(|name| line(name)), "nothing"));
        let asks = manifest.asks.iter().map(|ask| {
            format!("{} on `{}`: {}", ask.capability, line(&ask.scope.texts().join("`, `")), line(&ask.reason))
        });
        report.push_str(&section("asks for", asks, "nothing beyond its world"));
        report.push_str(&self.limits.report());
        if let Some(authority) = &self.authority {
            report.push_str(&authority.report());
        }
        report
    }

    fn imports(&self) -> String {
        let of = |wanted: fn(ImportKind) -> bool| {
            self.interfaces.imports.iter().filter(move |import| wanted(import.kind)).map(words)
        };
        let world = of(|kind| matches!(kind, ImportKind::World | ImportKind::NeedsGrant(_)));
        let mut text = section("imports of its world", world, "none");
        let base = of(|kind| kind == ImportKind::WasiBase);
        text.push_str(&section("imports of the WASI base, linked inert", base, "none"));
        let refused: Vec<String> = of(|kind| kind == ImportKind::Refused).collect();
        if !refused.is_empty() {
            text.push_str(&section("imports for which this pact refuses it", refused.into_iter(), ""));
        }
        text
    }
}

fn words(import: &Import) -> String {
    match import.kind {
        ImportKind::NeedsGrant(capability) => format!("{} (needs {capability})", line(&import.name)),
        ImportKind::World | ImportKind::WasiBase | ImportKind::Refused => line(&import.name),
    }
}

impl LimitsOf {
    fn report(&self) -> String {
        let (host, own, effective) = (&self.host, &self.plugin, &self.effective);
        let count = |number: u64| number.to_string();
        let row = |name: &str, host: u64, is_own: bool, effective: u64, show: &dyn Fn(u64) -> String| match (
            is_own,
            effective < host,
        ) {
            (true, true) => format!("{name}: {}, lowered by the plugin from {}", show(effective), show(host)),
            (true, false) => format!("{name}: {}, the host's; the plugin's own is no lower", show(host)),
            (false, _) => format!("{name}: {}, the host's", show(effective)),
        };
        let rows = [
            row("fuel", host.fuel, own.fuel.is_some(), effective.fuel, &count),
            format!("real time: {} s, the host's", effective.wall_clock.as_secs()),
            row("memory", host.memory_bytes, own.memory_mib.is_some(), effective.memory_bytes, &size),
            row("host calls", host.host_calls, own.host_calls.is_some(), effective.host_calls, &count),
            row("output", host.output_bytes, own.output_bytes.is_some(), effective.output_bytes, &size),
            format!("writes of output: {}, the host's", effective.output_writes),
            format!("own files: {} in {} entries, the host's", size(effective.file_bytes), effective.file_entries),
        ];
        section("limits of a session", rows.into_iter(), "")
    }
}

/// A title with lines under it, or with the word for none.
pub(super) fn section(title: &str, lines: impl Iterator<Item = String>, none: &str) -> String {
    let lines: Vec<String> = lines.map(|line| format!("  {line}\n")).collect();
    if lines.is_empty() { format!("\n{title}: {none}\n") } else { format!("\n{title}\n{}", lines.concat()) }
}

#[cfg(test)]
mod tests {
    use pact_grants::{Capability, UserGrants};

    use super::super::effective::decision;
    use super::*;

    fn inspection() -> Inspection {
        let manifest = Manifest::parse(
            "id = 'scripted'\nversion = '0.1.0'\nworld = 'llm-provider'\nlicense = 'MIT'\n\
             [[ask]]\ncapability = 'workspace.read'\nscope = 'transcript/**'\nreason = 'reads it'\n\
             [limits]\nmemory_mib = 64\n",
        )
        .unwrap();
        let import = |name: &str, kind| Import { name: name.to_owned(), kind };
        let host = Limits::of(manifest.world);
        Inspection {
            schema: "pact/plugin-inspect@1",
            origin: "./scripted.wasm".to_owned(),
            bytes: 2048,
            digest: "0123".to_owned(),
            interfaces: Interfaces {
                imports: vec![
                    import("pact:plugin/log@0.1.0", ImportKind::World),
                    import("pact:plugin/workspace@0.1.0", ImportKind::NeedsGrant(Capability::WorkspaceRead)),
                    import("wasi:http/types@0.2.6", ImportKind::Refused),
                ],
                exports: vec!["pact:plugin/provider@0.1.0".to_owned()],
            },
            limits: LimitsOf { host, plugin: manifest.limits.clone(), effective: host.lowered_by(&manifest.limits) },
            manifest,
            authority: None,
        }
    }

    #[test]
    fn a_look_shows_what_is_asked_and_what_is_refused() {
        insta::assert_snapshot!(inspection().report(), @r"
        scripted 0.1.0
        world: llm-provider
        licence: MIT
        from: ./scripted.wasm, 2 KiB
        sha256: 0123

        imports of its world
          pact:plugin/log@0.1.0
          pact:plugin/workspace@0.1.0 (needs workspace.read)

        imports of the WASI base, linked inert: none

        imports for which this pact refuses it
          wasi:http/types@0.2.6

        exports
          pact:plugin/provider@0.1.0

        asks for
          workspace.read on `transcript/**`: reads it

        limits of a session
          fuel: 20000000000, the host's
          real time: 120 s, the host's
          memory: 64 MiB, lowered by the plugin from 256 MiB
          host calls: 5000000, the host's
          output: 1 MiB, the host's
          writes of output: 100000, the host's
          own files: 16 MiB in 1000 entries, the host's
        ");
    }

    #[test]
    fn the_effective_authority_stands_at_the_end() {
        let mut inspection = inspection();
        let plain = inspection.report();
        inspection.authority = Some(decision(&inspection.manifest, &UserGrants::default(), None));
        assert!(inspection.report().starts_with(&plain));
        assert!(inspection.report().len() > plain.len());
    }
}
