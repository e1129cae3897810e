//! A linear scale with a few round ticks.

/// Parts that the ticks divide a scale into, about.
const PARTS: f64 = 6.0;

/// From `first` to `last` steps.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    step: f64,
    first: i64,
    last: i64,
}

impl Scale {
    /// A scale that shows 0 and these finite values. It is at least 1 long.
    pub fn over(values: impl IntoIterator<Item = f64>) -> Scale {
        let (low, high) = values
            .into_iter()
            .fold((0.0_f64, 0.0_f64), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let high = high.max(low + 1.0);
        let part = (high - low) / PARTS;
        let power = 10.0_f64.powf(part.log10().floor());
        let round = [1.0, 2.0, 5.0].map(|round| round * power);
        let step = round.into_iter().find(|step| *step >= part);
        let step = step.unwrap_or(10.0 * power);
        Scale {
            step,
            first: (low / step).floor() as i64,
            last: (high / step).ceil() as i64,
        }
    }

    /// Where a value lies: 0 at the low end, 1 at the high end.
    pub fn share(&self, value: f64) -> f64 {
        let steps = value / self.step - self.first as f64;
        (steps / (self.last - self.first).max(1) as f64).clamp(0.0, 1.0)
    }

    /// The ticks and what to write at them.
    pub fn ticks(&self) -> impl Iterator<Item = (f64, String)> {
        let (step, digits) = (self.step, usize::from(self.step < 1.0));
        (self.first..=self.last).map(move |tick| {
            let value = tick as f64 * step;
            (value, format!("{value:.digits$}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    fn labels(values: &[f64]) -> Vec<String> {
        let scale = Scale::over(values.iter().copied());
        scale.ticks().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(
            labels(&[-7.3, 18.9]),
            ["-10", "-5", "0", "5", "10", "15", "20"]
        );
        assert_eq!(labels(&[1.0]), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(&[]), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert!(labels(&[-400.0, 4000.0]).len() <= 9);
    }

    #[test]
    fn values_lie_between_the_ends() {
        let scale = Scale::over([-10.0, 20.0]);
        assert_eq!(scale.share(-10.0), 0.0);
        assert!((scale.share(0.0) - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(scale.share(20.0), 1.0);
    }
}
