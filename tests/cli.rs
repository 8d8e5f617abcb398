//! The commands as a person types them: each story in `tests/cmd/` is a list of commands and what
//! they print, the folder it begins with and what must be there at the end.

#[test]
fn stories() {
    trycmd::TestCases::new()
        // 14 April 2021: the day that new texts are of.
        .env("SOURCE_DATE_EPOCH", "1618358400")
        .env("BRIEFBOOK_BASE_URL", "")
        .env("BRIEFBOOK_JOBS", "")
        .env("COLUMNS", "100")
        .case("tests/cmd/*.md")
        .case("tests/cmd/*.toml");
}
