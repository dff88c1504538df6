//! `datasteward explain`.

use std::process::ExitCode;

use datasteward::render::guide;

use crate::{Failure, output};

pub(super) fn run(name: &str) -> Result<ExitCode, Failure> {
    let topic = guide::topic(name).ok_or_else(|| {
        let perhaps = guide::nearest(name)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Failure::Usage(format!(
            "there is no rule, item, area or field `{name}`{perhaps}"
        ))
    })?;
    output::write(&guide::explain(topic), None)?;
    Ok(ExitCode::SUCCESS)
}
