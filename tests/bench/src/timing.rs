//! Runs one command again and again and keeps how long it took.

use std::fmt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// So much is shown of what a command printed that failed.
const LAST_LINES: usize = 30;

/// A command and its times so far.
#[derive(Debug)]
pub(crate) struct Timing {
    command: Command,
    times: Vec<Duration>,
}

impl Timing {
    /// Prepares a command; nothing runs yet.
    pub(crate) fn new(mut command: Command) -> Self {
        command.stdin(Stdio::null());
        Self { command, times: Vec::new() }
    }

    /// Runs the command once without counting it.
    pub(crate) fn warm_up(&mut self) -> anyhow::Result<()> {
        self.measure().map(drop)
    }

    /// Runs the command once and keeps its time.
    pub(crate) fn run(&mut self) -> anyhow::Result<()> {
        let time = self.measure()?;
        let position = self.times.partition_point(|other| *other <= time);
        self.times.insert(position, time);
        Ok(())
    }

    /// Returns the time in the middle; of an even number the upper one.
    pub(crate) fn median(&self) -> Duration {
        self.times.get(self.times.len() / 2).copied().unwrap_or_default()
    }

    /// Returns the shortest time.
    pub(crate) fn minimum(&self) -> Duration {
        self.times.first().copied().unwrap_or_default()
    }

    /// A side that fails is not timed: a run that breaks off is fast.
    fn measure(&mut self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let name = self.command.get_program().to_string_lossy().into_owned();
        let output = self.command.output().with_context(|| format!("start `{name}`"))?;
        let time = began.elapsed();
        if !output.status.success() {
            let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            let last: Vec<&str> = words.lines().rev().take(LAST_LINES).collect();
            let last = last.into_iter().rev().collect::<Vec<_>>().join("\n");
            bail!("`{name}` ended with {}:\n{last}", output.status);
        }
        Ok(time)
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (median, minimum) = (self.median().as_secs_f64(), self.minimum().as_secs_f64());
        write!(f, "{median:.3}, {minimum:.3}")
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests time commands")]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_time_in_the_middle() {
        let mut timing = Timing::new(Command::new("nothing"));
        timing.times = [1, 2, 9].map(Duration::from_secs).to_vec();
        assert_eq!((timing.median(), timing.minimum()), (Duration::from_secs(2), Duration::from_secs(1)));
    }

    #[test]
    fn a_command_that_fails_is_not_timed() {
        let mut timing = Timing::new(Command::new("false"));
        assert!(timing.run().is_err());
        assert!(timing.times.is_empty());
    }
}
