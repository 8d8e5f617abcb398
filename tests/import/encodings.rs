//! Pages as they were saved in their countries, whatever their label says.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};

use crate::archive::Archive;

fn page(label: &str, language: &str, title: &str, sentence: &str) -> String {
    let paragraph = |number: usize| format!("{sentence} ({number}) ").repeat(4);
    let paragraphs = [1, 2, 3, 4, 5].map(paragraph).join("</p><p>");
    format!(
        "<html lang={language}><head><title>{title}</title><style>{}</style>{label}</head>\
         <body><article><h1>{title}</h1><p>{paragraphs}</p></article></body></html>",
        "p { margin: 0 }\n".repeat(200)
    )
}

#[test]
fn a_page_in_any_encoding_becomes_utf_8() {
    let cases: [(&str, &'static Encoding, &str, &str, &str, &str); 7] = [
        (
            "late label",
            EUC_KR,
            "<meta charset=euc-kr>",
            "ko",
            "항구의 봄",
            "항만 당국은 새 방파제 공사를 다음 달에 시작한다고 밝혔다.",
        ),
        (
            "no label",
            EUC_KR,
            "",
            "ko",
            "등대의 밤",
            "등대지기는 안개가 짙은 밤에도 불을 끄지 않았다고 말했다.",
        ),
        (
            "wrong label",
            EUC_KR,
            "<meta charset=utf-8>",
            "ko",
            "어시장 이전",
            "어시장 상인들은 이전 계획에 대한 의견을 시에 전달했다.",
        ),
        (
            "old label",
            SHIFT_JIS,
            "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>",
            "ja",
            "港の春",
            "港湾局は新しい防波堤の工事を来月から始めると明らかにした。",
        ),
        (
            "no label",
            EUC_JP,
            "",
            "ja",
            "灯台の夜",
            "灯台守は霧の深い夜でも明かりを消さなかったと話した。",
        ),
        (
            "wrong label",
            GBK,
            "<meta charset=iso-8859-1>",
            "zh",
            "港口的春天",
            "港务局宣布新的防波堤工程将于下个月开始施工。",
        ),
        (
            "label",
            BIG5,
            "<meta charset=big5>",
            "zh",
            "燈塔的夜晚",
            "燈塔看守人說即使在濃霧的夜晚也沒有熄燈。",
        ),
    ];
    for (name, encoding, label, language, title, sentence) in cases {
        let archive = Archive::new();
        let page = page(label, language, title, sentence);
        let (bytes, _, lossy) = encoding.encode(&page);
        assert!(!lossy);
        let said = archive.import("page.html", bytes);
        let what = format!("{name}, {}", encoding.name());
        assert!(said.success, "{what}: {}", said.error);
        let files = archive.files();
        let article = archive.read(&files[0]);
        assert!(
            article.contains(&format!("title = \"{title}\"")),
            "{what}: {article}"
        );
        assert!(article.contains(sentence), "{what}: {article}");
        let noted = article.contains("its bytes are");
        assert_eq!(noted, name == "wrong label", "{what}: {article}");
    }
}
