//! The months and weekdays of many languages, full, inflected and abbreviated.
//!
//! One list for all languages: a date line seldom says its language, and the few words that mean
//! different things (`mar`: March, or Spanish Tuesday) are told apart by where they stand.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

/// A line a month, from January; lower case, without the dot of an abbreviation.
const MONTHS: [&str; 12] = [
    "january jan januar jän jänner jaenner janvier janv enero ene gennaio gen janeiro januari \
     stycznia styczeń sty января январь янв січня ledna leden led januára január ianuarie ian \
     tammikuuta tammikuu tammi ocak oca ιανουαρίου ιανουάριος ιαν gener siječnja januara يناير janúar",
    "february feb febr februar feber février fevrier févr fév fevr febrero febbraio febb fevereiro fev \
     februari lutego luty lut февраля февраль фев февр лютого února únor februára február \
     februarie helmikuuta helmikuu helmi şubat şub φεβρουαρίου φεβρουάριος φεβ febrer veljače \
     februara فبراير febrúar",
    "march mar märz maerz mär mrz mars marzo março marco maart mrt marca marzec marz марта март \
     мар березня března březen márciusa március márc martie maaliskuuta maaliskuu maalis mart \
     μαρτίου μάρτιος μαρ març ožujka marta مارس maret",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля апрель апр квітня dubna \
     duben apríla április ápr aprilie huhtikuuta huhtikuu huhti nisan nis απριλίου απρίλιος απρ \
     travnja aprila أبريل ابريل apríl",
    "may mai mayo maggio mag maio mei maja maj мая май травня května květen mája május máj \
     toukokuuta toukokuu touko mayıs μαΐου μάιος μαϊ maig svibnja مايو maí",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июнь июн червня června \
     červen júna június jún iunie iun kesäkuuta kesäkuu kesä haziran haz ιουνίου ιούνιος ιουν \
     juny lipnja juna يونيو júní",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июль июл липня \
     července červenec júla július júl iulie iul heinäkuuta heinäkuu heinä temmuz tem ιουλίου \
     ιούλιος ιουλ juliol srpnja jula يوليو júlí",
    "august aug août aout agosto ago augustus sierpnia sierpień sie августа август авг серпня \
     srpna srpen augusta augusztus elokuuta elokuu elo ağustos ağu αυγούστου αύγουστος αυγ agost \
     kolovoza avgusta أغسطس ágúst agustus augusti",
    "september sep sept septembre septiembre setiembre settembre sett setembro set września \
     wrzesień wrz сентября сентябрь сен сент вересня září zář szeptember szept septembrie \
     syyskuuta syyskuu syys eylül eyl σεπτεμβρίου σεπτέμβριος σεπ setembre rujna septembra سبتمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik \
     paź октября октябрь окт жовтня října říjen októbra október octombrie lokakuuta lokakuu loka \
     ekim eki οκτωβρίου οκτώβριος οκτ oktobra أكتوبر",
    "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя нояб \
     novembra noiembrie marraskuuta marraskuu marras kasım kas νοεμβρίου νοέμβριος νοε \
     studenoga نوفمبر nóvember",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia \
     grudzień gru декабря декабрь дек грудня prosince prosinec decembra décember decembrie \
     joulukuuta joulukuu joulu aralık ara δεκεμβρίου δεκέμβριος δεκ desembre prosinca ديسمبر \
     desember des",
];

/// A line a weekday, from Monday.
const WEEKDAYS: [&str; 7] = [
    "monday mon montag mo lundi lun lunes lunedì lunedi segunda-feira segunda seg maandag ma \
     poniedziałek pon понедельник понеділок пн pondělí pondelok hétfő luni maanantai pazartesi \
     måndag mandag dilluns δευτέρα ponedjeljak senin 월요일 星期一 週一 周一 礼拜一 月曜日 月曜",
    "tuesday tue tues dienstag di mardi martes martedì martedi terça-feira terça dinsdag wtorek \
     wto вторник вівторок вт úterý utorok kedd marți tiistai salı tisdag tirsdag dimarts τρίτη \
     utorak selasa 화요일 星期二 週二 周二 礼拜二 火曜日 火曜",
    "wednesday wed mittwoch mi mercredi mer miércoles miercoles mercoledì mercoledi quarta-feira \
     quarta woensdag środa среда середа ср středa streda szerda miercuri keskiviikko çarşamba \
     onsdag dimecres τετάρτη srijeda rabu 수요일 星期三 週三 周三 礼拜三 水曜日 水曜",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves giovedì giovedi quinta-feira quinta \
     donderdag czwartek czw четверг четвер чт čtvrtek štvrtok csütörtök joi torstai perşembe \
     torsdag dijous πέμπτη četvrtak kamis 목요일 星期四 週四 周四 礼拜四 木曜日 木曜",
    "friday fri freitag fr vendredi ven viernes vie venerdì venerdi sexta-feira sexta vrijdag \
     piątek пятница п'ятниця пт pátek piatok péntek vineri perjantai cuma fredag divendres \
     παρασκευή petak jumat 금요일 星期五 週五 周五 礼拜五 金曜日 金曜",
    "saturday sat samstag sonnabend sa samedi sam sábado sabado sáb sabato sab zaterdag sobota \
     суббота субота сб szombat sâmbătă lauantai cumartesi lördag lørdag dissabte σάββατο subota \
     sabtu 토요일 星期六 週六 周六 礼拜六 土曜日 土曜",
    "sunday sun sonntag so dimanche dim domingo dom domenica zondag niedziela воскресенье неділя \
     вс neděle nedeľa vasárnap duminică sunnuntai pazar söndag søndag diumenge κυριακή nedjelja \
     minggu 일요일 星期日 星期天 週日 周日 礼拜天 日曜日 日曜",
];

const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

static MONTH_OF: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    (1..)
        .zip(MONTHS)
        .flat_map(|(month, words)| words.split_whitespace().map(move |word| (word, month)))
        .collect()
});

static WEEKDAY_OF: LazyLock<HashMap<&str, Weekday>> = LazyLock::new(|| {
    DAYS.into_iter()
        .zip(WEEKDAYS)
        .flat_map(|(day, words)| words.split_whitespace().map(move |word| (word, day)))
        .collect()
});

/// The longest word of the lists, in bytes: nothing longer needs to be looked up.
const LONGEST: usize = 32;

/// The month a word names, from 1 for January.
pub fn month(word: &str) -> Option<i8> {
    if word.len() > LONGEST {
        return None;
    }
    MONTH_OF.get(word.to_lowercase().as_str()).copied()
}

/// The weekday a word names, if it is nothing but one.
pub fn weekday(word: &str) -> Option<Weekday> {
    if word.len() > LONGEST {
        return None;
    }
    WEEKDAY_OF.get(word.to_lowercase().as_str()).copied()
}

/// The first weekday a text names in full (`on Thursday`, `목요일`); two-letter forms only count
/// beside a date.
pub fn weekday_in(text: &str) -> Option<Weekday> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''))
        .filter(|word| word.chars().count() > 3 || !word.is_ascii())
        .find_map(|word| weekday(word).or_else(|| east_asian_weekday(word)))
}

/// Korean and Chinese write a weekday without a space before or after (`21일 수요일에`).
fn east_asian_weekday(word: &str) -> Option<Weekday> {
    if word.is_ascii() {
        return None;
    }
    DAYS.into_iter().zip(WEEKDAYS).find_map(|(day, words)| {
        words
            .split_whitespace()
            .filter(|name| name.starts_with(|c: char| c >= '\u{3000}'))
            .any(|name| word.contains(name))
            .then_some(day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_is_found_where_it_is_named() {
        for (text, day) in [
            ("The ministers met on Thursday in Busan.", Weekday::Thursday),
            ("Die Sitzung am Dienstag dauerte lange.", Weekday::Tuesday),
            ("양국은 21일 수요일에 만났다", Weekday::Wednesday),
            ("会议于星期五举行", Weekday::Friday),
            ("会談は月曜日に行われた", Weekday::Monday),
        ] {
            assert_eq!(weekday_in(text), Some(day), "{text}");
        }
        assert_eq!(weekday_in("So do the others, and the sun shines."), None);
    }

    #[test]
    fn no_month_has_a_name_of_another() {
        let words: usize = MONTHS
            .iter()
            .map(|line| line.split_whitespace().count())
            .sum();
        assert_eq!(MONTH_OF.len(), words - repeated());
    }

    /// Names listed twice under the same month are harmless.
    fn repeated() -> usize {
        MONTHS
            .iter()
            .map(|line| {
                let all: Vec<_> = line.split_whitespace().collect();
                let different: std::collections::HashSet<_> = all.iter().collect();
                all.len() - different.len()
            })
            .sum()
    }
}
