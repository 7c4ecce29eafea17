// SPDX-License-Identifier: MIT
#include "recordtext_p.h"

#include "snapshotreader.h"
#include <Sojourn/jsonrules.h>
#include <Sojourn/recordfields_p.h>

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

namespace {

/// Appends the fields of a record, each behind a comma.
class RecordWriter
{
public:
    explicit RecordWriter(QByteArray &out) : m_out(out) { }

    /// Whether it is sure that they can be read.
    bool isPlain() const { return m_plain; }

    template<class Value>
    void operator()(FieldName field, const Value &value)
    {
        m_out.append(field.member());
        append(value);
    }
    void operator()(FieldName field, const QByteArray &visit)
    {
        if (visit.isEmpty())
            return;
        m_plain = false;
        m_out.append(field.member()).append(visit);
    }

private:
    void append(const SessionKey &key) { m_out.append('"').append(key.toLatin1()).append('"'); }
    void append(const QString &user)
    {
        if (user.isNull()) {
            m_out.append("null");
            return;
        }
        const QByteArray utf8 = user.toUtf8();
        m_plain = m_plain && isPlainText(utf8) && utf8.size() <= MaxUserSize;
        appendString(m_out, utf8);
    }
    void append(TimePoint time) { appendTime(m_out, time); }
    void append(const std::optional<TimePoint> &time)
    {
        if (time)
            appendTime(m_out, *time);
        else
            m_out.append("null");
    }
    void append(quint64 version)
    {
        m_out.append(QByteArray::number(std::clamp<quint64>(version, 1, std::numeric_limits<qint64>::max())));
    }
    void append(const SessionData &data) { m_plain = appendData(m_out, data) && m_plain; }
    void append(const std::optional<Expiry> &expiry)
    {
        m_plain = m_plain && !expiry;
        m_out.append(expiry ? encodeJson(expiry->toJson()) : QByteArrayLiteral("null"));
    }

    QByteArray &m_out;
    bool m_plain = true;
};

/// Reads the fields of a record that stand as RecordWriter writes them.
class RecordReader
{
public:
    explicit RecordReader(QByteArrayView text) : m_scanner(text) { m_scanner.word("{"); }

    bool isDone()
    {
        m_scanner.word("}");
        return m_sound && m_scanner.isDone();
    }

    template<class Value>
    void operator()(FieldName field, Value &value)
    {
        m_scanner.word(m_isFirst ? field.member().sliced(1) : field.member());
        m_isFirst = false;
        read(value);
    }
    void operator()(FieldName, QByteArray &) { } // such a record is read by the parser

private:
    void read(SessionKey &key)
    {
        const auto read = SessionKey::fromString(QLatin1StringView(m_scanner.string()));
        m_sound = m_sound && read;
        if (read)
            key = *read;
    }
    void read(QString &user)
    {
        if (m_scanner.peek() == '"')
            user = fromUtf8(m_scanner.string());
        else
            m_scanner.word("null");
        m_sound = m_sound && (user.isNull() || (!user.isEmpty() && checkUser(user)));
    }
    void read(TimePoint &time) { time = m_scanner.time(); }
    void read(std::optional<TimePoint> &time)
    {
        if (m_scanner.peek() == '"')
            time = m_scanner.time();
        else
            m_scanner.word("null");
    }
    void read(quint64 &version)
    {
        const qint64 number = m_scanner.integer().value_or(0);
        version = static_cast<quint64>(number);
        m_sound = m_sound && number > 0;
    }
    void read(SessionData &data)
    {
        QByteArrayView before; // sorted, and so each name is there once
        m_scanner.members('{', '}', [&] {
            const QByteArrayView name = m_scanner.string();
            m_sound = m_sound && (before.isNull() || comesBefore(before, name));
            before = name;
            m_scanner.word(":");
            data.append(name, m_scanner.value());
        });
    }
    void read(std::optional<Expiry> &expiry)
    {
        const QByteArrayView text = m_scanner.value();
        if (text == "null")
            return;
        expiry = Expiry::fromJson(decodeJson(text).value_or(QJsonValue()));
        m_sound = m_sound && expiry;
    }

    RecordScanner m_scanner;
    bool m_isFirst = true;
    bool m_sound = true;
};

} // namespace

bool appendRecord(QByteArray &out, const SessionRecord &record)
{
    const qsizetype begin = out.size();
    RecordWriter writer(out);
    forEachJsonField(record, writer);
    out[begin] = '{'; // in place of the first comma
    out.append('}');
    const QByteArrayView text = QByteArrayView(out).sliced(begin);
    if (text.size() <= SnapshotReader::MaxRecordSize && (writer.isPlain() || readRecord(text)))
        return true;
    out.truncate(begin);
    return false;
}

std::optional<SessionRecord> readPlainRecord(QByteArrayView text)
{
    if (!QUtf8StringView(text).isValidUtf8())
        return std::nullopt;
    SessionRecord record;
    RecordReader reader(text);
    forEachJsonField(record, reader);
    if (!reader.isDone())
        return std::nullopt;
    completeRead(record);
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
