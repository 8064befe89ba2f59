//! Attempts at one artefact: asks a model, stores its reply, and tells it in the next attempt what was wrong.
//!
//! Not for judging a reply: that is the phase's.

use std::sync::Arc;

use pact_model::component_id::ComponentId;
use pact_model::phase::Phase;
use tokio::sync::Semaphore;

use crate::digest;
use crate::error::Error;
use crate::feedback;
use crate::ports::{Brief, CallKey, Completion, CompletionRequest, Provider, RunEvent, RunReporter, Workspace};

/// Asks models, each question once: a stored reply to the same brief is used again.
#[derive(Clone)]
pub struct Asker {
    /// Answers.
    pub provider: Arc<dyn Provider>,
    /// Keeps briefs and replies.
    pub workspace: Arc<dyn Workspace>,
    /// Hears of it.
    pub reporter: Arc<dyn RunReporter>,
    /// Bounds the questions that are open at the same time.
    pub open_calls: Arc<Semaphore>,
    /// The most tokens of one reply.
    pub max_output_tokens: u32,
}

impl Asker {
    async fn ask(&self, key: &CallKey, brief: Brief) -> Result<Completion, Error> {
        let brief_digest = digest::of_parts([("system", brief.system.as_bytes()), ("user", brief.user.as_bytes())]);
        let stored = self.workspace.reply(key, &brief_digest)?;
        self.reporter.report(&RunEvent::Asked {
            phase: key.role,
            component: key.component.as_ref(),
            attempt: key.attempt,
            is_stored: stored.is_some(),
        });
        if let Some(reply) = stored {
            return Ok(reply);
        }
        self.workspace.save_brief(key, &brief)?;
        let permit = self.open_calls.acquire().await;
        let request = CompletionRequest {
            role: key.role,
            component: key.component.clone(),
            attempt: key.attempt,
            brief,
            max_output_tokens: self.max_output_tokens,
        };
        let reply = self.provider.complete(&request).await?;
        drop(permit);
        self.workspace.save_reply(key, &brief_digest, &reply)?;
        Ok(reply)
    }
}

/// The attempts of one role at one artefact.
pub(crate) struct Conversation<'run> {
    asker: &'run Asker,
    key: CallKey,
    max_attempts: u32,
    reasons: Vec<String>,
    was_cut: bool,
}

impl<'run> Conversation<'run> {
    pub(crate) fn new(asker: &'run Asker, role: Phase, component: Option<&ComponentId>, max_attempts: u32) -> Self {
        let key = CallKey { role, component: component.cloned(), attempt: 0 };
        Self { asker, key, max_attempts, reasons: Vec::new(), was_cut: false }
    }

    /// Asks for the next attempt; none when all are used up. `brief` gets the reasons against the last one, quoted.
    pub(crate) async fn next(&mut self, brief: impl FnOnce(&[String]) -> Brief) -> Result<Option<String>, Error> {
        if self.key.attempt >= self.max_attempts {
            return Ok(None);
        }
        self.key.attempt += 1;
        let brief = brief(&feedback::reasons(&self.reasons));
        let reply = self.asker.ask(&self.key, brief).await?;
        self.was_cut = !reply.is_complete;
        Ok(Some(reply.text))
    }

    /// Says why the attempt is not good enough.
    pub(crate) fn reject(&mut self, mut reasons: Vec<String>) {
        if self.was_cut {
            // What looks like a fault in the middle is only the end that is missing.
            let limit = self.asker.max_output_tokens;
            reasons.insert(0, format!("your reply was cut off at its limit of {limit} tokens; answer with less"));
        }
        self.asker.reporter.report(&RunEvent::Rejected {
            phase: self.key.role,
            component: self.key.component.as_ref(),
            attempt: self.key.attempt,
            reasons: &reasons,
        });
        self.reasons = reasons;
    }

    /// Attempts so far.
    pub(crate) fn attempts(&self) -> u32 {
        self.key.attempt
    }

    /// Gives up and returns the reasons against the last attempt.
    pub(crate) fn give_up(self) -> Vec<String> {
        let (phase, component) = (self.key.role, self.key.component.as_ref());
        self.asker.reporter.report(&RunEvent::GaveUp { phase, component, reasons: &self.reasons });
        self.reasons
    }
}
