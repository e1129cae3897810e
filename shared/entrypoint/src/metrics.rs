//! CloudWatch's embedded metric format: a line of the log that CloudWatch counts.

use serde_json::{Map, Value, json};

const NAMESPACE: &str = "c360";

/// One line: values under one set of dimensions.
#[derive(Clone, Debug)]
pub struct Metrics {
    dimensions: Vec<(&'static str, String)>,
    values: Vec<(&'static str, &'static str, f64)>,
}

impl Metrics {
    pub(crate) fn new(dimensions: Vec<(&'static str, String)>) -> Metrics {
        Metrics {
            dimensions,
            values: Vec::new(),
        }
    }

    pub fn count(&mut self, name: &'static str, count: u64) {
        self.values.push((name, "Count", count as f64));
    }

    pub fn seconds(&mut self, name: &'static str, seconds: f64) {
        self.values.push((name, "Seconds", seconds));
    }

    /// The line; `None` where there is nothing to count. `at`: milliseconds since 1970.
    pub(crate) fn line(&self, at: i64, run_id: &str) -> Option<String> {
        if self.values.is_empty() {
            return None;
        }
        let names: Vec<&str> = self.dimensions.iter().map(|(name, _)| *name).collect();
        let units: Vec<Value> = self
            .values
            .iter()
            .map(|(name, unit, _)| json!({"Name": name, "Unit": unit}))
            .collect();
        let mut line = Map::new();
        line.insert(
            "_aws".into(),
            json!({
                "Timestamp": at,
                "CloudWatchMetrics": [{"Namespace": NAMESPACE, "Dimensions": [names], "Metrics": units}],
            }),
        );
        for (name, value) in &self.dimensions {
            line.insert((*name).into(), json!(value));
        }
        for (name, _, value) in &self.values {
            line.insert((*name).into(), json!(value));
        }
        line.insert("run_id".into(), json!(run_id));
        Some(Value::Object(line).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_its_dimensions_metrics_and_values() {
        let mut metrics = Metrics::new(vec![("Function", "golden".into())]);
        assert_eq!(metrics.line(7, "r"), None);
        metrics.count("Customers", 3);
        metrics.seconds("LagSeconds", 1.5);
        let line: Value = serde_json::from_str(&metrics.line(7, "r").unwrap()).unwrap();
        assert_eq!(
            line,
            json!({
                "_aws": {"Timestamp": 7, "CloudWatchMetrics": [{
                    "Namespace": "c360", "Dimensions": [["Function"]],
                    "Metrics": [{"Name": "Customers", "Unit": "Count"}, {"Name": "LagSeconds", "Unit": "Seconds"}],
                }]},
                "Function": "golden", "Customers": 3.0, "LagSeconds": 1.5, "run_id": "r",
            })
        );
    }
}
