//! Under which key a verdict is kept: everything that decides it, and nothing that a plugin would have to be started for.

use pact_model::component_id::ComponentId;
use pact_model::suite::SourceFile;
use pact_pipeline::digest;
use pact_pipeline::judge::{LeftOut, Policy};
use serde::Serialize;

use super::Test;
use crate::commands::Context;
use crate::files::Gathered;
use crate::toolbox::Toolbox;
use crate::verdicts::{VerdictCache, program};

/// Changes when the meaning of an entry does.
const FORMAT: u32 = 1;

/// Makes keys of what is the same for all suites of a command.
pub(super) struct Keys {
    /// The program, its engines and the plugins.
    tools: String,
    /// What the user asked for.
    asked: String,
}

impl Keys {
    /// `settings` are those of a project that are about plugins.
    pub(super) fn new(
        arguments: &Test,
        context: &Context,
        toolbox: &Toolbox,
        settings: &impl Serialize,
        policy: &Policy,
        packages: &[SourceFile],
    ) -> Self {
        let (engines, plugins) = (pact_runtime::engines(), toolbox.judging_plugins());
        let tools = digest::of_json(&(FORMAT, program(&context.world), engines, plugins, settings));
        let limits = (policy.suite_fuel, policy.test_fuel, policy.max_sessions, policy.left_out == LeftOut::Never);
        let canaries = (policy.canary_key.map(|key| key.digest()), policy.canaries, &policy.suites);
        let packages = of_files(packages.iter().map(|file| (&file.path, &file.bytes)));
        // `--seeds` is asked for and never kept; it makes a suite another one for `--watch`.
        let Test { lang, keyword, seed, seeds, isolate, .. } = arguments;
        let asked = digest::of_json(&(limits, canaries, packages, lang, keyword, seed, seeds, isolate));
        Self { tools, asked }
    }

    /// Returns the key of the names of a component's files, which only a backend knows.
    pub(super) fn of_names(&self, component: &ComponentId) -> String {
        digest::of_json(&("names", &self.tools, component))
    }

    /// Returns the key of a component. `inputs` is the digest of what its suite is put together from.
    pub(super) fn of_component(&self, component: &ComponentId, inputs: &str) -> String {
        digest::of_json(&("component", &self.tools, &self.asked, component, inputs))
    }

    /// Returns the key of a folder. `chosen` is what the user named of it.
    pub(super) fn of_folder(&self, files: &[Gathered], chosen: &[String]) -> String {
        let files = of_files(files.iter().map(|file| (&file.path, &file.bytes)));
        digest::of_json(&("folder", &self.tools, &self.asked, files, chosen))
    }
}

impl Test {
    /// Opens the verdict cache; none when the user wants none, with `--seeds` and with `--profile`: who asks whether a suite
    /// is steady, or where its fuel goes, wants it run.
    pub(super) fn verdicts(&self, context: &Context) -> Option<VerdictCache> {
        if self.no_cache || self.seeds.is_some() || self.profile.is_some() {
            return None;
        }
        if program(&context.world).is_none() {
            context.ui.say("note: the file of this program cannot be found, so verdicts are not kept");
            return None;
        }
        VerdictCache::open(&context.world, &context.ui)
    }
}

fn of_files<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    digest::of_parts(files.map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}
