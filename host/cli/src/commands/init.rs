//! `pact init`: the files that a project begins with. What exists is never touched.

mod settings;

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use clap::Args;
use pact_grants::{UserGrants, World as PluginWorld};
use pact_store::{LanguageSetting, Project};
use serde::Serialize;

use super::{Context, demo};
use crate::exit::{Exit, Failure};
use crate::models::how_to_configure;
use crate::project::{bad_workspace, not_opened};
use crate::toolbox::Toolbox;

use settings::Answers;

/// Where artefacts will lie.
const FOLDERS: [&str; 4] = ["contracts", "decomposition", "src", "tests"];
/// What lies in `.pact` can be made again.
const IGNORED: (&str, &str) = (".pact/.gitignore", "*\n");

/// The arguments of `pact init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder, made when it is not there [default: the working folder]
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
    /// The language of the components [default: that of `pact demo`]
    #[arg(long, value_name = "NAME")]
    language: Option<String>,
    /// Who answers for all roles; grants what that provider asks for
    #[arg(long, value_name = "PROVIDER/MODEL")]
    model: Option<String>,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/init@1`.
#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    written: Vec<&'static str>,
    kept: Vec<&'static str>,
}

impl Init {
    /// Writes the files.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let toolbox = Toolbox::open(context, UserGrants::default())?;
        let language = self.language(&toolbox)?;
        let yaml = self.settings(&toolbox, &language, &context.world.folder).await?;
        let named = self.directory.clone().unwrap_or_else(|| PathBuf::from("."));
        let folder = context.world.path(&named);
        make_folders(&folder)?;
        let project = Project::open_to_work(&folder).map_err(not_opened)?;
        let mut document = Document { schema: "pact/init@1", written: Vec::new(), kept: Vec::new() };
        let files = [
            ("task.md", include_str!("../../templates/task.md")),
            ("sops.md", include_str!("../../templates/sops.md")),
            ("pact.yaml", &yaml),
            (".gitattributes", include_str!("../../templates/gitattributes")),
            IGNORED,
        ];
        for (path, text) in files {
            let is_new = project.write_new(path, text.as_bytes()).map_err(bad_workspace)?;
            if is_new { document.written.push(path) } else { document.kept.push(path) }
        }
        if self.json {
            context.ui.json(&document)?;
            return Ok(Exit::Good);
        }
        context.ui.data(&words(&document))?;
        let (now, _) = project.settings().unwrap_or_default();
        if now.models.is_empty() {
            context.ui.say(&how_to_configure(&toolbox));
        }
        let run =
            if self.directory.is_none() { "pact run".to_owned() } else { format!("pact run {}", named.display()) };
        context.ui.data(&format!("next: say in task.md what is to be built, then: {run}\n"))?;
        Ok(Exit::Good)
    }

    fn language(&self, toolbox: &Toolbox) -> Result<String, Failure> {
        if let Some(language) = &self.language {
            return Ok(language.clone());
        }
        let shipped: Vec<&str> =
            toolbox.manifests(PluginWorld::LanguageBackend).map(|manifest| manifest.id.as_str()).collect();
        let of_the_example = demo::default_language();
        match shipped[..] {
            [only] => Ok(only.to_owned()),
            [] => Err(Failure::usage(anyhow!("no language is shipped with this pact"))),
            _ if shipped.contains(&of_the_example) => Ok(of_the_example.to_owned()),
            _ => Err(Failure::usage(anyhow!("several languages are shipped, and none of them is that of `pact demo`"))
                .hint(format!("name one with --language: {}", shipped.join(", ")))),
        }
    }

    /// Loads the language, so that what is written is known to work here.
    async fn settings(&self, toolbox: &Toolbox, language: &str, folder: &Path) -> Result<String, Failure> {
        let pair = toolbox.pair(&LanguageSetting::Named(language.to_owned()), folder).await?;
        let mut ids: Vec<&str> = pair.digests.keys().map(String::as_str).collect();
        if let Some(model) = &self.model {
            let id = model.split_once('/').map_or(model.as_str(), |(id, _)| id);
            let known: Vec<&str> = toolbox.manifests(PluginWorld::LlmProvider).map(|it| it.id.as_str()).collect();
            if !known.contains(&id) {
                return Err(Failure::usage(anyhow!("there is no provider `{id}`"))
                    .hint(format!("providers of this pact: {}", known.join(", "))));
            }
            ids.push(id);
        }
        let worlds =
            [PluginWorld::LanguageBackend, PluginWorld::TestRunner, PluginWorld::SplitRunner, PluginWorld::LlmProvider];
        let manifests = worlds.into_iter().flat_map(|world| toolbox.manifests(world));
        let plugins = manifests.filter(|manifest| ids.contains(&manifest.id.as_str())).collect();
        Ok(Answers { language, model: self.model.as_deref(), plugins }.yaml())
    }
}

fn make_folders(folder: &Path) -> Result<(), Failure> {
    let make = || -> std::io::Result<()> {
        Dir::create_ambient_dir_all(folder, ambient_authority())?;
        let dir = Dir::open_ambient_dir(folder, ambient_authority())?;
        FOLDERS.iter().try_for_each(|name| dir.create_dir_all(name))
    };
    make()
        .map_err(|error| Failure::usage(error).context(format!("make the project's folders in `{}`", folder.display())))
}

fn words(document: &Document) -> String {
    let written = document.written.iter().map(|path| format!("wrote  {path}\n"));
    let kept = document.kept.iter().map(|path| format!("kept   {path}\n"));
    written.chain(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_stands_before_what_was_kept() {
        let document = Document { schema: "pact/init@1", written: vec!["task.md"], kept: vec!["pact.yaml"] };
        insta::assert_snapshot!(words(&document), @r"
        wrote  task.md
        kept   pact.yaml
        ");
    }
}
