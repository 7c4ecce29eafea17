// SPDX-License-Identifier: MIT
#include "rediscodec_p.h"

#include <Sojourn/jsonrules.h>
#include <Sojourn/recordfields_p.h>

#include <QtCore/QVarLengthArray>

#include <cctype>
#include <charconv>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

/// Puts a text of words and numbers together.
class WordWriter
{
public:
    WordWriter &word(QByteArrayView word)
    {
        m_text.append(word.data(), word.size());
        return *this;
    }
    template<class Number>
    WordWriter &number(Number number)
    {
        char digits[24];
        return word(QByteArrayView(digits, std::to_chars(digits, std::end(digits), number).ptr - digits));
    }
    WordWriter &time(TimePoint time) { return number(toNumber(time)); }
    [[nodiscard]] QByteArray text() const { return QByteArrayView(m_text).toByteArray(); }

private:
    QVarLengthArray<char, 256> m_text;
};

/// Steps through a text of known words and numbers.
class WordScanner
{
public:
    explicit WordScanner(QByteArrayView text) : m_text(text) { }

    WordScanner &word(QByteArrayView word)
    {
        m_ok = m_ok && m_text.startsWith(word);
        if (m_ok)
            m_text = m_text.sliced(word.size());
        return *this;
    }
    template<class Number>
    WordScanner &number(Number &number)
    {
        const auto [end, error] = std::from_chars(m_text.begin(), m_text.end(), number);
        m_ok = m_ok && error == std::errc();
        if (m_ok)
            m_text = m_text.sliced(end - m_text.begin());
        return *this;
    }
    WordScanner &time(TimePoint &time)
    {
        qint64 milliseconds = 0;
        number(milliseconds);
        time = TimePoint(std::chrono::milliseconds(milliseconds));
        return *this;
    }
    bool startsWith(char c) const { return m_text.startsWith(c); }
    bool isDone() const { return m_ok && m_text.isEmpty(); }

private:
    QByteArrayView m_text;
    bool m_ok = true;
};

/// Whether a text is JSON, without making values of it: most are never asked for.
class JsonForm
{
public:
    static bool fits(QByteArrayView json)
    {
        JsonForm form(json);
        return json.isValidUtf8() && form.value(0) && form.isAtEnd();
    }

private:
    explicit JsonForm(QByteArrayView json) : m_at(json.begin()), m_end(json.end()) { }

    bool isAtEnd()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r'))
            ++m_at;
        return m_at == m_end;
    }
    bool take(char c) { return !isAtEnd() && *m_at == c && ++m_at; }
    bool word(QByteArrayView word)
    {
        const bool there = QByteArrayView(m_at, m_end).startsWith(word);
        m_at += there ? word.size() : 0;
        return there;
    }
    bool digits()
    {
        const auto *begin = m_at;
        while (m_at != m_end && *m_at >= '0' && *m_at <= '9')
            ++m_at;
        return m_at != begin;
    }
    bool number()
    {
        (void)word("-");
        const bool startsWithZero = m_at != m_end && *m_at == '0';
        const auto *begin = m_at;
        if (!digits() || (startsWithZero && m_at - begin > 1) || (word(".") && !digits()))
            return false;
        if (!word("e") && !word("E"))
            return true;
        (void)(word("+") || word("-"));
        return digits();
    }
    bool string()
    {
        if (!take('"'))
            return false;
        for (; m_at != m_end && *m_at != '"'; ++m_at) {
            if (static_cast<unsigned char>(*m_at) < ' ')
                return false;
            if (*m_at != '\\')
                continue;
            if (++m_at == m_end)
                return false;
            if (*m_at == 'u') {
                for (int i = 0; i < 4; ++i) {
                    if (++m_at == m_end || !isxdigit(static_cast<unsigned char>(*m_at)))
                        return false;
                }
            } else if (!QByteArrayView("\"\\/bfnrt").contains(*m_at)) {
                return false;
            }
        }
        return m_at != m_end && ++m_at;
    }
    template<class Item>
    bool list(char end, Item item)
    {
        ++m_at;
        if (take(end))
            return true;
        do {
            if (!item())
                return false;
        } while (take(','));
        return take(end);
    }
    bool value(int depth)
    {
        constexpr int deepest = 1000; // Qt reads a little more
        if (isAtEnd() || depth > deepest)
            return false;
        switch (*m_at) {
        case '"':
            return string();
        case '[':
            return list(']', [this, depth] { return value(depth + 1); });
        case '{':
            return list('}', [this, depth] { return string() && take(':') && value(depth + 1); });
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        default:
            return number();
        }
    }

    const QByteArrayView::storage_type *m_at;
    const QByteArrayView::storage_type *m_end;
};

} // namespace

void addCap(RedisCommand &command, const std::optional<UserCap> &cap)
{
    if (cap && cap->limit > 0)
        command.add(cap->limit).add(cap->policy == UserCap::Refuse ? "refuse" : "evict");
    else
        command.add("").add("");
    command.addSwitch();
}

QByteArray metaField(const SessionInfo &info)
{
    WordWriter writer;
    writer.word("format=2 version=")
        .number(info.version)
        .word(" issued=")
        .time(info.idIssuedAt)
        .word(" data=")
        .number(info.size)
        .word("/")
        .number(info.attributeCount);
    if (info.rotateRequested)
        writer.word(" rotate");
    return writer.text();
}

QByteArray timesField(const SessionInfo &info)
{
    WordWriter writer;
    writer.time(info.createdAt).word(" ").time(info.lastSeenAt).word(" ").time(info.expiresAt).word(" ");
    if (info.absoluteExpiresAt)
        writer.time(*info.absoluteExpiresAt);
    else
        writer.word("-");
    return writer.text();
}

QByteArray expiryField(const std::optional<Expiry> &expiry)
{
    return expiry ? encodeJson(expiry->toJson()) : QByteArray();
}

QByteArray causeWord(const SessionEvent &event)
{
    const QByteArray cause = event.cause();
    return cause.isEmpty() ? "-"_ba : cause;
}

void addRemoval(RedisCommand &command, const SessionEvent &event)
{
    const QLatin1StringView name = SessionEvent::name(event.type);
    command.add(qint64(event.type)).add(QByteArrayView(name.data(), name.size())).add(causeWord(event));
}

QByteArray eventText(const SessionEvent &event)
{
    const QLatin1StringView name = SessionEvent::name(event.type);
    return WordWriter()
        .word(QByteArrayView(name.data(), name.size()))
        .word(" ")
        .time(event.at)
        .word(" ")
        .number(event.version)
        .word(" ")
        .word(event.key.toLatin1())
        .word(" ")
        .word(event.oldKey ? event.oldKey->toLatin1() : "-"_ba)
        .word(" ")
        .word(causeWord(event))
        .word(" ")
        .word(event.user.toUtf8())
        .text();
}

/// What a first version wrote: everything in one field.
static bool readFirstFormat(QByteArrayView meta, SessionInfo &info)
{
    WordScanner scanner(meta);
    scanner.word("format=1 version=")
        .number(info.version)
        .word(" created=")
        .time(info.createdAt)
        .word(" seen=")
        .time(info.lastSeenAt)
        .word(" expires=")
        .time(info.expiresAt)
        .word(" absolute=");
    if (!scanner.startsWith(' '))
        scanner.time(info.absoluteExpiresAt.emplace());
    int rotate = 0;
    scanner.word(" issued=")
        .time(info.idIssuedAt)
        .word(" rotate=")
        .number(rotate)
        .word(" size=")
        .number(info.size)
        .word(" attributes=")
        .number(info.attributeCount);
    info.rotateRequested = rotate != 0;
    return scanner.isDone();
}

static bool readSecondFormat(QByteArrayView meta, QByteArrayView times, SessionInfo &info)
{
    WordScanner scanner(meta);
    scanner.word("format=2 version=")
        .number(info.version)
        .word(" issued=")
        .time(info.idIssuedAt)
        .word(" data=")
        .number(info.size)
        .word("/")
        .number(info.attributeCount);
    info.rotateRequested = scanner.startsWith(' ');
    if (info.rotateRequested)
        scanner.word(" rotate");
    WordScanner timesScanner(times);
    timesScanner.time(info.createdAt).word(" ").time(info.lastSeenAt).word(" ").time(info.expiresAt).word(" ");
    if (timesScanner.startsWith('-') && times.endsWith(" -"))
        timesScanner.word("-");
    else
        timesScanner.time(info.absoluteExpiresAt.emplace());
    return scanner.isDone() && timesScanner.isDone();
}

bool isNewerFormat(QByteArrayView meta)
{
    constexpr QByteArrayView head = "format=";
    int format = 0;
    if (!meta.startsWith(head))
        return false;
    const auto [end, error] = std::from_chars(meta.begin() + head.size(), meta.end(), format);
    return error == std::errc() && format > 2 && end != meta.end() && *end == ' ';
}

InfoFields InfoFields::at(const RedisReply &reply, qsizetype first)
{
    auto it = reply.begin();
    while (first-- > 0)
        ++it;
    InfoFields fields;
    for (QByteArrayView *field : {&fields.meta, &fields.times, &fields.user, &fields.expiry, &fields.visit}) {
        *field = (*it).text();
        ++it;
    }
    return fields;
}

std::optional<SessionInfo> readInfo(const SessionKey &key, const InfoFields &fields)
{
    SessionInfo info;
    info.key = key;
    if (!readSecondFormat(fields.meta, fields.times, info)) {
        info = {};
        info.key = key;
        if (!readFirstFormat(fields.meta, info))
            return std::nullopt;
    }
    if (!fields.user.isValidUtf8())
        return std::nullopt;
    if (!fields.user.isEmpty())
        info.user = Detail::fromUtf8(fields.user);
    if (!fields.expiry.isEmpty()) {
        const std::optional<QJsonValue> json = decodeJson(fields.expiry);
        info.expiry = json ? Expiry::fromJson(*json) : std::nullopt;
        if (!info.expiry)
            return std::nullopt;
    }
    if (!fields.visit.isEmpty())
        info.visit = VisitFacts::fromText(fields.visit).toText();
    return info;
}

std::optional<SessionRecord> readRecord(const SessionKey &key, const RedisReply &fields, InfoFields &infoFields)
{
    SessionRecord record;
    bool sound = true;
    const auto end = fields.end();
    for (auto it = fields.begin(); it != end; ++it) {
        const QByteArrayView name = (*it).text();
        const QByteArrayView value = (*++it).text();
        if (name.startsWith("a:")) {
            sound = sound && name.isValidUtf8() && JsonForm::fits(value);
            record.data.append(name.sliced(2), value);
        } else if (name == "meta") {
            infoFields.meta = value;
        } else if (name == "times") {
            infoFields.times = value;
        } else if (name == "user") {
            infoFields.user = value;
        } else if (name == "expiry") {
            infoFields.expiry = value;
        } else if (name == "visit") {
            infoFields.visit = value;
        } else {
            const auto take = [name, value](QByteArrayView known, QByteArray &field) {
                if (name == known)
                    field = value.toByteArray();
            };
            Detail::forEachOpaqueField(take, record);
        }
    }
    sound = sound && (record.flash.isEmpty() || (record.flash.startsWith('[') && JsonForm::fits(record.flash)));
    std::optional<SessionInfo> info = readInfo(key, infoFields);
    if (!info || !sound)
        return std::nullopt;
    static_cast<SessionInfo &>(record) = *std::move(info);
    record.updateCounts();
    return record;
}

QByteArrayView fieldOf(const RedisReply &fields, QByteArrayView name)
{
    const auto end = fields.end();
    for (auto it = fields.begin(); it != end; ++it) {
        const bool found = (*it).text() == name;
        ++it;
        if (found)
            return (*it).text();
    }
    return {};
}

QByteArray userMember(const SessionInfo &info)
{
    return info.user.toUtf8().replace('\0', QByteArrayView("\0\xff", 2)) + QByteArrayView("\0\0", 2).toByteArray()
         + QByteArray::number(toNumber(info.createdAt)).rightJustified(16, '0') + info.key.toLatin1();
}

std::optional<SessionEvent> readEvent(QByteArrayView line)
{
    std::array<QByteArrayView, 7> parts; // the user comes last, as a name may hold spaces
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
        const qsizetype space = line.indexOf(' ');
        if (space < 0)
            return std::nullopt;
        parts[i] = line.first(space);
        line = line.sliced(space + 1);
    }
    parts.back() = line;

    SessionEvent event;
    const auto type = SessionEvent::typeFromName(QLatin1StringView(parts[0]));
    const auto key = SessionKey::fromString(QLatin1StringView(parts[3]));
    if (!type || !key || !WordScanner(parts[1]).time(event.at).isDone() || !WordScanner(parts[2]).number(event.version).isDone())
        return std::nullopt;
    event.type = *type;
    event.key = *key;
    if (parts[4] != "-")
        event.oldKey = SessionKey::fromString(QLatin1StringView(parts[4]));
    if (parts[5] != "-")
        event.setCause(parts[5]);
    if (!parts[6].isEmpty())
        event.user = Detail::fromUtf8(parts[6]);
    return event;
}

RedisStreamId readStreamId(QByteArrayView id)
{
    const qsizetype dash = id.indexOf('-');
    if (dash < 0)
        return {};
    return {id.first(dash).toULongLong(), id.sliced(dash + 1).toULongLong()};
}

} // namespace Sojourn
