// SPDX-License-Identifier: MIT
#include "recordtext_p.h"

#include "snapshotreader.h"
#include <Sojourn/jsonrules.h>

#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <charconv>

namespace Sojourn::Detail {

namespace {

// Deeper values are left to a JSON parser.
constexpr int MaxDepth = 32;

bool isPlain(char c)
{
    return static_cast<quint8>(c) >= ' ' && c != '"' && c != '\\';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool comesBefore(QByteArrayView a, QByteArrayView b)
{
    return std::ranges::lexicographical_compare(a, b);
}

// Steps over text that must be spelt in one way. The first step that fails makes all that follow fail.
class RecordScanner
{
public:
    explicit RecordScanner(QByteArrayView text) : m_at(text.begin()), m_end(text.end()) { }

    bool isDone() const { return m_ok && m_at == m_end; }
    char peek() const { return m_ok && m_at < m_end ? *m_at : '\0'; }

    bool word(QByteArrayView word)
    {
        m_ok = m_ok && QByteArrayView(m_at, m_end).startsWith(word);
        if (m_ok)
            m_at += word.size();
        return m_ok;
    }

    /// A string without escapes: what is between its quotes.
    QByteArrayView string()
    {
        if (!word("\""))
            return {};
        const char *const begin = m_at;
        m_at = std::find_if_not(m_at, m_end, isPlain);
        const QByteArrayView text(begin, m_at);
        return word("\"") ? text : QByteArrayView();
    }

    std::optional<qint64> integer()
    {
        qint64 value = 0;
        const char *const begin = m_at;
        const auto [end, error] = std::from_chars(m_at, m_end, value);
        const bool padded = end - begin > 1 && (*begin == '0' || (*begin == '-' && begin[1] == '0'));
        m_ok = m_ok && error == std::errc() && !padded && (end == m_end || (*end != '.' && *end != 'e' && *end != 'E'));
        m_at = end;
        return m_ok ? std::optional(value) : std::nullopt;
    }

    /// A number of so many digits.
    int digits(int count)
    {
        int value = 0;
        m_ok = m_ok && m_end - m_at >= count && std::all_of(m_at, m_at + count, isDigit);
        for (; m_ok && count > 0; --count)
            value = 10 * value + (*m_at++ - '0');
        return value;
    }

    TimePoint time()
    {
        using namespace std::chrono;
        word("\"");
        const int y = digits(4);
        word("-");
        const int m = digits(2);
        word("-");
        const int d = digits(2);
        word("T");
        const int hour = digits(2);
        word(":");
        const int minute = digits(2);
        word(":");
        const int second = digits(2);
        word(".");
        const int millisecond = digits(3);
        word("Z\"");
        const year_month_day date{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
        m_ok = m_ok && y > 0 && date.ok() && hour < 24 && minute < 60 && second < 60;
        return m_ok ? TimePoint(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second) + milliseconds(millisecond)
                    : TimePoint();
    }

    /// A value that encodeJson() would write with the same letters.
    QByteArrayView value(int depth = 0)
    {
        const char *const begin = m_at;
        switch (peek()) {
        case '"':
            string();
            break;
        case '{': {
            QByteArrayView before;
            members('{', '}', [&] {
                const QByteArrayView name = string();
                // In which order QJsonObject has other names is its own affair.
                m_ok = m_ok && std::ranges::none_of(name, [](char c) { return c & 0x80; })
                    && (before.isNull() || comesBefore(before, name));
                before = name;
                word(":");
                value(depth + 1);
            });
            break;
        }
        case '[':
            members('[', ']', [&] { value(depth + 1); });
            break;
        case 't':
            word("true");
            break;
        case 'f':
            word("false");
            break;
        case 'n':
            word("null");
            break;
        default:
            (void)integer();
        }
        m_ok = m_ok && depth < MaxDepth;
        return m_ok ? QByteArrayView(begin, m_at) : QByteArrayView();
    }

    template<class F>
    void members(char open, char close, F &&member)
    {
        word({&open, 1});
        if (peek() != close) {
            member();
            while (peek() == ',') {
                word(",");
                member();
            }
        }
        word({&close, 1});
    }

private:
    const char *m_at;
    const char *m_end;
    bool m_ok = true;
};

bool isPlainText(QByteArrayView utf8)
{
    return std::ranges::all_of(utf8, isPlain) && QUtf8StringView(utf8).isValidUtf8();
}

// Sorted by name, so that equal records have equal text, in whatever order their attributes came. Returns whether all of it was
// plain.
bool appendData(QByteArray &out, const SessionData &data)
{
    QVarLengthArray<std::pair<QByteArrayView, QByteArrayView>, 16> attributes;
    data.forEach([&attributes](QByteArrayView name, QByteArrayView json) { attributes.emplace_back(name, json); });
    std::ranges::sort(attributes, [](const auto &a, const auto &b) { return comesBefore(a.first, b.first); });
    bool plain = true;
    QList<QByteArray> replacements; // for names that are no UTF-8
    const qsizetype dataBegin = out.size();
    out.append('{');
    bool first = true;
    for (const auto &[name, json] : attributes) {
        const qsizetype begin = out.size();
        if (!std::exchange(first, false))
            out.append(',');
        appendString(out, name);
        if (!QUtf8StringView(name).isValidUtf8()) {
            plain = false;
            const QByteArray replacement = fromUtf8(name).toUtf8();
            if (data.contains(replacement) || replacements.contains(replacement)) {
                first = begin == dataBegin + 1;
                out.truncate(begin); // what it would have to be called is there already
                continue;
            }
            replacements.append(replacement);
        }
        out.append(':');
        RecordScanner scanner(json);
        scanner.value();
        if (scanner.isDone() && QUtf8StringView(json).isValidUtf8()) {
            out.append(json);
            continue;
        }
        plain = false;
        out.append(readJson(json).value_or(QByteArrayLiteral("null")));
    }
    out.append('}');
    return plain;
}

} // namespace

void appendTime(QByteArray &out, TimePoint time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    const int year = static_cast<int>(date.year());
    if (year < 1)
        return appendTime(out, std::chrono::sys_days(std::chrono::year(1) / 1 / 1));
    if (year > 9999)
        return appendTime(out, std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1) - std::chrono::milliseconds(1));
    char text[] = "\"0000-00-00T00:00:00.000Z\"";
    const auto put = [&text](int end, int digits, auto value) {
        auto rest = static_cast<qint64>(value);
        for (; digits > 0; --digits, rest /= 10)
            text[--end] = static_cast<char>('0' + rest % 10);
    };
    put(5, 4, year);
    put(8, 2, static_cast<unsigned>(date.month()));
    put(11, 2, static_cast<unsigned>(date.day()));
    put(14, 2, clock.hours().count());
    put(17, 2, clock.minutes().count());
    put(20, 2, clock.seconds().count());
    put(24, 3, clock.subseconds().count());
    out.append(text, sizeof text - 1);
}

void appendString(QByteArray &out, QByteArrayView utf8)
{
    if (isPlainText(utf8))
        out.append('"').append(utf8).append('"');
    else
        out.append(encodeJson(fromUtf8(utf8)));
}

bool appendRecord(QByteArray &out, const SessionRecord &record)
{
    const qsizetype begin = out.size();
    const QByteArray user = record.user.toUtf8();
    const quint64 version = std::clamp<quint64>(record.version, 1, std::numeric_limits<qint64>::max());
    out.append("{\"key\":\"").append(record.key.toLatin1()).append("\",\"user\":");
    if (record.user.isNull())
        out.append("null");
    else
        appendString(out, user);
    out.append(",\"createdAt\":");
    appendTime(out, record.createdAt);
    out.append(",\"lastSeenAt\":");
    appendTime(out, record.lastSeenAt);
    out.append(",\"expiresAt\":");
    appendTime(out, record.expiresAt);
    out.append(",\"absoluteExpiresAt\":");
    if (record.absoluteExpiresAt)
        appendTime(out, *record.absoluteExpiresAt);
    else
        out.append("null");
    out.append(",\"version\":").append(QByteArray::number(version)).append(",\"data\":");
    const bool plain = appendData(out, record.data);
    out.append(",\"expiry\":").append(record.expiry ? encodeJson(record.expiry->toJson()) : QByteArrayLiteral("null"));
    if (!record.visit.isEmpty())
        out.append(",\"visit\":").append(record.visit);
    out.append('}');
    const bool sound = plain && isPlainText(user) && user.size() <= MaxUserSize && !record.expiry && record.visit.isEmpty();
    const QByteArrayView text = QByteArrayView(out).sliced(begin);
    if (text.size() <= SnapshotReader::MaxRecordSize && (sound || readRecord(text)))
        return true;
    out.truncate(begin);
    return false;
}

std::optional<SessionRecord> readPlainRecord(QByteArrayView text)
{
    if (!QUtf8StringView(text).isValidUtf8())
        return std::nullopt;
    SessionRecord record;
    RecordScanner scanner(text);
    scanner.word("{\"key\":");
    const auto key = SessionKey::fromString(QLatin1StringView(scanner.string()));
    scanner.word(",\"user\":");
    if (scanner.peek() == '"')
        record.user = fromUtf8(scanner.string());
    else
        scanner.word("null");
    const bool nameless = !record.user.isNull() && (record.user.isEmpty() || !checkUser(record.user));
    scanner.word(",\"createdAt\":");
    record.createdAt = record.idIssuedAt = scanner.time();
    scanner.word(",\"lastSeenAt\":");
    record.lastSeenAt = scanner.time();
    scanner.word(",\"expiresAt\":");
    record.expiresAt = scanner.time();
    scanner.word(",\"absoluteExpiresAt\":");
    if (scanner.peek() == '"')
        record.absoluteExpiresAt = scanner.time();
    else
        scanner.word("null");
    scanner.word(",\"version\":");
    const qint64 version = scanner.integer().value_or(0);
    record.version = static_cast<quint64>(version);
    scanner.word(",\"data\":");
    QByteArrayView before;
    bool sorted = true; // and so each name is there once
    scanner.members('{', '}', [&] {
        const QByteArrayView name = scanner.string();
        sorted = sorted && (before.isNull() || comesBefore(before, name));
        before = name;
        scanner.word(":");
        record.data.append(name, scanner.value());
    });
    scanner.word(",\"expiry\":");
    const QByteArrayView expiry = scanner.value();
    if (expiry != "null")
        record.expiry = Expiry::fromJson(decodeJson(expiry).value_or(QJsonValue()));
    scanner.word("}");
    if (!scanner.isDone() || !key || nameless || version < 1 || !sorted || (expiry != "null" && !record.expiry))
        return std::nullopt;
    record.key = *key;
    record.updateCounts();
    return record;
}

Result<SessionRecord> readRecord(QByteArrayView text)
{
    if (auto record = readPlainRecord(text))
        return *std::move(record);
    // A value in "data" may be nested as deep as any.
    const Result<QJsonValue> json = readJsonValue(text, MaxJsonDepth + 2);
    if (!json)
        return failure(Error::Corrupt, json.error().sentence());
    if (!json->isObject())
        return failure(Error::Corrupt, Error::tr("it must be an object."));
    Result<SessionRecord> record = SessionRecord::fromJson(json->toObject());
    if (const auto valid = record ? checkUser(record->user) : Result<void>(); !valid)
        return failure(
            Error::Invalid,
            ErrorText::fromFormat(QStringLiteral("%1: %2")).arg(QStringLiteral("user"), valid.error().sentence().withoutStop()));
    return record;
}

} // namespace Sojourn::Detail
