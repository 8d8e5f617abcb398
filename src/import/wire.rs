//! News agencies: an article names its wire in the byline or the dateline, and the wire is not
//! the publisher (unless nobody else is named).

/// Every agency known here: the name to write, and the other names and abbreviations it goes by,
/// in lower case.
const WIRES: &[(&str, &[&str])] = &[
    ("Reuters", &["reuters", "rtrs", "thomson reuters", "rtr"]),
    ("로이터", &["로이터", "로이터통신"]),
    ("ロイター", &["ロイター"]),
    (
        "Associated Press",
        &["associated press", "the associated press"],
    ),
    ("AP", &["ap"]),
    (
        "AFP",
        &["afp", "agence france-presse", "agence france presse"],
    ),
    ("dpa", &["dpa", "deutsche presse-agentur"]),
    ("epd", &["epd"]),
    ("KNA", &["kna"]),
    ("SID", &["sid"]),
    ("APA", &["apa"]),
    (
        "Keystone-SDA",
        &["keystone-sda", "sda", "keystone-ats", "ats"],
    ),
    ("ANSA", &["ansa"]),
    ("EFE", &["efe", "agencia efe"]),
    ("Europa Press", &["europa press"]),
    ("PAP", &["pap"]),
    ("TASS", &["tass", "itar-tass"]),
    ("Interfax", &["interfax"]),
    ("RIA Novosti", &["ria novosti"]),
    ("Xinhua", &["xinhua", "xinhua news agency"]),
    ("新华社", &["新华社", "新华网", "新華社"]),
    ("中新社", &["中新社", "中新网"]),
    ("中央社", &["中央社"]),
    ("Yonhap", &["yonhap", "yonhap news", "yonhap news agency"]),
    ("연합뉴스", &["연합뉴스"]),
    ("뉴시스", &["뉴시스"]),
    ("뉴스1", &["뉴스1"]),
    ("Kyodo", &["kyodo", "kyodo news"]),
    ("共同通信", &["共同通信", "共同"]),
    ("Jiji Press", &["jiji press", "jiji"]),
    ("時事通信", &["時事通信", "時事"]),
    ("UPI", &["upi", "united press international"]),
    ("PTI", &["pti", "press trust of india"]),
    ("ANI", &["ani"]),
    ("IANS", &["ians"]),
    ("ANN", &["ann", "asia news network"]),
    ("Bernama", &["bernama"]),
    ("Antara", &["antara"]),
    ("Anadolu Agency", &["anadolu agency", "anadolu", "aa"]),
    ("Belga", &["belga"]),
    ("ANP", &["anp"]),
    ("NTB", &["ntb"]),
    ("Ritzau", &["ritzau"]),
    ("PA Media", &["pa media", "press association"]),
    ("Canadian Press", &["canadian press", "the canadian press"]),
    ("CNS", &["cns"]),
    ("KCNA", &["kcna"]),
    ("Bloomberg", &["bloomberg", "bloomberg news"]),
];

/// The agency that goes by this name, as it is to be written.
pub fn agency(name: &str) -> Option<&'static str> {
    let lower = name.trim().to_lowercase();
    WIRES
        .iter()
        .find(|(_, names)| names.contains(&lower.as_str()))
        .map(|(agency, _)| *agency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_is_known_by_each_of_its_names() {
        assert_eq!(agency("REUTERS"), Some("Reuters"));
        assert_eq!(agency(" Deutsche Presse-Agentur "), Some("dpa"));
        assert_eq!(agency("연합뉴스"), Some("연합뉴스"));
        assert_eq!(agency("The Harbour Times"), None);
    }
}
