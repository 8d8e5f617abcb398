//! A row of numbers, one a feature.

/// The features of one block, in the order in which they are added.
#[derive(Debug, Default)]
pub struct Row {
    pub values: Vec<f32>,
    /// Their names, kept only for reports.
    pub names: Vec<&'static str>,
    pub named: bool,
}

impl Row {
    pub fn add(&mut self, name: &'static str, value: f32) {
        self.values.push(value);
        if self.named {
            self.names.push(name);
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "features need no more than 24 bits"
    )]
    pub fn count(&mut self, name: &'static str, value: usize) {
        self.add(name, value as f32);
    }

    pub fn flag(&mut self, name: &'static str, value: bool) {
        self.add(name, f32::from(u8::from(value)));
    }

    /// `part` of `whole`, in thousandths.
    pub fn share(&mut self, name: &'static str, part: usize, whole: usize) {
        self.count(name, part * 1000 / whole.max(1));
    }
}
