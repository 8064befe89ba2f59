//! World `assessor` as the port [`Assessor`].

use std::sync::Arc;

use async_trait::async_trait;
use pact_model::assessment::{AssessorFinding, AssessorInfo, FindingCode, FindingSeverity};
use pact_model::facts::Facts;
use pact_pipeline::ports::{AssessError, Assessor};

use super::call::{call, fault};
use super::{DESCRIBE_FUEL, describe_outcome, facts};
use crate::bindings::assessor::AssessorPre;
use crate::bindings::assessor::exports::pact::plugin::assessment as wit;
use crate::guest::Guest;
use crate::load::{LoadError, LoadErrorKind, LoadedPlugin};
use crate::session::{self, Caller};

/// An assessor in a sandbox.
pub struct WasmAssessor {
    plugin: Arc<LoadedPlugin>,
    instance: AssessorPre<Guest>,
    info: AssessorInfo,
    settings: String,
}

impl WasmAssessor {
    pub(crate) async fn new(plugin: LoadedPlugin, settings: String) -> Result<Self, LoadError> {
        let instance = AssessorPre::new(plugin.instance.clone())
            .map_err(|error| plugin.refuse(LoadErrorKind::Engine(format!("{error:#}"))))?;
        let authority = plugin.authority.clone().with_fuel(DESCRIBE_FUEL);
        let caller = Caller { authority: &authority, digest: &plugin.digest, call: "assessment.describe", seed: 0 };
        let ended = session::run(&plugin.engine, caller, Guest::new(&authority, 0), async |store| {
            let assessor = instance.instantiate_async(&mut *store).await?;
            assessor.pact_plugin_assessment().call_describe(store).await
        })
        .await;
        plugin.report(&ended.receipt, &ended.log);
        let Some(described) = ended.returned else {
            return Err(plugin.refuse(LoadErrorKind::Describe(describe_outcome(&ended.receipt.outcome))));
        };
        let code = |code: wit::FindingCode| FindingCode { code: code.code, meaning: code.meaning };
        let info = AssessorInfo {
            plugin: plugin.manifest.id.to_string(),
            title: described.title,
            codes: described.codes.into_iter().map(code).collect(),
        };
        if let Some(fault) = info.fault() {
            return Err(plugin.refuse(LoadErrorKind::Describe(fault)));
        }
        Ok(Self { plugin: Arc::new(plugin), instance, info, settings })
    }
}

#[async_trait]
impl Assessor for WasmAssessor {
    fn info(&self) -> &AssessorInfo {
        &self.info
    }

    async fn assess(&self, facts: &Facts) -> Result<Vec<AssessorFinding>, AssessError> {
        let name = "assessment.assess";
        let (instance, settings) = (self.instance.clone(), self.settings.clone());
        let given = facts::to_wit(facts);
        let answer = call(&self.plugin, name, Guest::new(&self.plugin.authority, 0), async move |store| {
            let assessor = instance.instantiate_async(&mut *store).await?;
            assessor.pact_plugin_assessment().call_assess(store, &given, &settings).await
        })
        .await?;
        let found = answer.map_err(|error| match error {
            wit::AssessError::InvalidInput(message) => {
                AssessError::InvalidInput { plugin: self.info.plugin.clone(), message }
            }
            wit::AssessError::Internal(message) => fault(&self.plugin, name, message).into(),
        })?;
        let mut findings: Vec<AssessorFinding> = found.into_iter().map(finding).collect();
        if let Some(broken) = findings.iter().find_map(|found| self.info.fault_in(found, |path| facts.knows(path))) {
            return Err(fault(&self.plugin, name, broken).into());
        }
        findings.sort_by(|a, b| (&a.place, &a.code, &a.message).cmp(&(&b.place, &b.code, &b.message)));
        Ok(findings)
    }
}

fn finding(finding: wit::Finding) -> AssessorFinding {
    AssessorFinding {
        code: finding.code,
        severity: match finding.severity {
            wit::Severity::Error => FindingSeverity::Error,
            wit::Severity::Warning => FindingSeverity::Warning,
            wit::Severity::Note => FindingSeverity::Note,
        },
        message: finding.message,
        place: facts::place_from_wit(finding.place),
    }
}
