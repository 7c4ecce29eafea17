// SPDX-License-Identifier: MIT
#include "codec_p.h"

#include "frame_p.h"
#include <Sojourn/jsonrules.h>
#include <Sojourn/recordfields_p.h>

#include <QtCore/QJsonValue>

#include <algorithm>
#include <utility>

namespace Sojourn::Wire {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds FirstMoment = std::chrono::sys_days(std::chrono::year(1) / 1 / 1).time_since_epoch();
constexpr milliseconds LastMoment = std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1).time_since_epoch() - milliseconds(1);
constexpr milliseconds LongestDuration = std::chrono::years(1000);
// To gather more at once would hold up the application.
constexpr int LongestPage = 1000;
constexpr int LongestHistory = 10'000;
constexpr qsizetype CsrfSecretSize = 16;

// The one string that comes next, of definite length and either type; an empty one is null, as the stores have it.
bool decodeString(QCborStreamReader &in, QByteArray &value)
{
    value = QByteArray();
    if (!in.isLengthKnown())
        return false;
    const qsizetype size = in.currentStringChunkSize();
    if (size < 0 || size > MaxReplySize)
        return false;
    QByteArray bytes(size, Qt::Uninitialized);
    auto chunk = in.readStringChunk(bytes.data(), size);
    if (chunk.status == QCborStreamReader::Ok && chunk.data == size)
        chunk = in.readStringChunk(nullptr, 0);
    if (size > 0)
        value = std::move(bytes);
    return chunk.status == QCborStreamReader::EndOfString;
}

bool isUtf8(QByteArrayView text)
{
    return QUtf8StringView(text).isValidUtf8();
}

// Attributes have unique names in UTF-8 and values in JSON.
bool isSound(const SessionData &data)
{
    QVarLengthArray<QByteArrayView, 16> names;
    bool sound = true;
    data.forEach([&](QByteArrayView name, QByteArrayView json) {
        names.append(name);
        sound = sound && isUtf8(name) && decodeJson(json);
    });
    std::ranges::sort(names);
    return sound && std::ranges::adjacent_find(names) == names.end();
}

// Flash values are joined as text, so the array has to be compact.
bool decodeFlash(QByteArray &flash)
{
    if (flash.isEmpty())
        return true;
    const auto values = decodeJson(flash);
    if (!values || !values->isArray())
        return false;
    flash = encodeJson(*values);
    return true;
}

bool isCsrfSecret(const QByteArray &secret)
{
    return secret.size() % CsrfSecretSize == 0 && secret.size() <= 2 * CsrfSecretSize;
}

} // namespace

void CborWriter::appendHead(int majorType, quint64 argument)
{
    constexpr quint64 small = 24; // such arguments stand in the first byte
    const int first = majorType << 5;
    if (argument < small) {
        m_out.append(static_cast<char>(first + static_cast<int>(argument)));
        return;
    }
    int power = 0; // the argument takes 1, 2, 4 or 8 bytes
    while (power < 3 && argument >> (8 << power) != 0)
        ++power;
    char bytes[1 + sizeof argument];
    bytes[0] = static_cast<char>(first + static_cast<int>(small) + power);
    const int size = 1 << power;
    for (int i = 0; i < size; ++i)
        bytes[size - i] = static_cast<char>(argument >> (8 * i));
    m_out.append(bytes, 1 + size);
}

void encode(CborWriter &out, const std::monostate &)
{
    out.append(nullptr);
}

bool decode(QCborStreamReader &in, std::monostate &)
{
    return in.isNull() && in.next();
}

void encode(CborWriter &out, const bool &value)
{
    out.append(value);
}

bool decode(QCborStreamReader &in, bool &value)
{
    if (!in.isBool())
        return false;
    value = in.toBool();
    return in.next();
}

void encode(CborWriter &out, const qint64 &value)
{
    out.append(value);
}

bool decode(QCborStreamReader &in, qint64 &value)
{
    constexpr quint64 most = std::numeric_limits<qint64>::max();
    if (in.isUnsignedInteger() && in.toUnsignedInteger() <= most) {
        value = static_cast<qint64>(in.toUnsignedInteger());
    } else if (in.isNegativeInteger()) {
        const auto minusOne = static_cast<quint64>(in.toNegativeInteger()) - 1; // CBOR writes -1 - n; -2^64 wraps to the largest
        if (minusOne > most)
            return false;
        value = -1 - static_cast<qint64>(minusOne);
    } else {
        return false;
    }
    return in.next();
}

void encode(CborWriter &out, const int &value)
{
    out.append(static_cast<qint64>(value));
}

bool decode(QCborStreamReader &in, int &value)
{
    qint64 wide = 0;
    if (!decode(in, wide) || !std::in_range<int>(wide))
        return false;
    value = static_cast<int>(wide);
    return true;
}

void encode(CborWriter &out, const quint64 &value)
{
    out.append(value);
}

bool decode(QCborStreamReader &in, quint64 &value)
{
    if (!in.isUnsignedInteger())
        return false;
    value = in.toUnsignedInteger();
    return in.next();
}

void encode(CborWriter &out, const QString &value)
{
    out.append(value);
}

bool decode(QCborStreamReader &in, QString &value)
{
    // As bytes: readString() drops a U+FEFF at the beginning, which makes two users one.
    QByteArray utf8;
    if (!in.isString() || !decodeString(in, utf8) || !isUtf8(utf8))
        return false;
    value = utf8.isEmpty() ? QString() : Detail::fromUtf8(utf8);
    return true;
}

void encode(CborWriter &out, const QByteArray &value)
{
    out.appendBytes(value);
}

bool decode(QCborStreamReader &in, QByteArray &value)
{
    return in.isByteArray() && decodeString(in, value);
}

void encode(CborWriter &out, const milliseconds &value)
{
    encode(out, static_cast<qint64>(value.count()));
}

bool decode(QCborStreamReader &in, milliseconds &value)
{
    qint64 count = 0;
    if (!decode(in, count))
        return false;
    value = std::clamp(milliseconds(count), SessionStore::NoGrace, LongestDuration);
    return true;
}

void encode(CborWriter &out, const TimePoint &value)
{
    encode(out, static_cast<qint64>(value.time_since_epoch().count()));
}

bool decode(QCborStreamReader &in, TimePoint &value)
{
    qint64 count = 0;
    if (!decode(in, count))
        return false;
    value = TimePoint(std::clamp(milliseconds(count), FirstMoment, LastMoment));
    return true;
}

void encode(CborWriter &out, const ErrorText &text)
{
    encodeArray(out, text.isVerbatim(), text.isWithoutStop(), text.format(), text.arguments());
}

static constexpr int DeepestErrorText = 8; // texts in texts
static constexpr int MostArguments = 9; // %1 to %9

static bool decodeText(QCborStreamReader &in, ErrorText &text, int depth)
{
    bool verbatim = true, withoutStop = false;
    QString format;
    if (depth > DeepestErrorText || !in.isArray() || !in.isLengthKnown() || in.length() != 4 || !in.enterContainer()
        || !decode(in, verbatim) || !decode(in, withoutStop) || !decode(in, format) || !in.isArray() || !in.isLengthKnown()
        || !in.enterContainer())
        return false;
    text = verbatim ? ErrorText(format) : ErrorText::fromFormat(format);
    for (int count = 0; in.lastError() == QCborError::NoError && in.hasNext(); ++count) {
        ErrorText argument;
        if (count == MostArguments || !decodeText(in, argument, depth + 1))
            return false;
        text = text.arg(argument);
    }
    if (withoutStop)
        text = text.withoutStop();
    return leave(in) && leave(in); // NOLINT(misc-redundant-expression): of the arguments, then of the text
}

bool decode(QCborStreamReader &in, ErrorText &text)
{
    return decodeText(in, text, 0);
}

void encode(CborWriter &out, const Error &error)
{
    encodeArray(out, error.code, error.sentence());
}

bool decode(QCborStreamReader &in, Error &error)
{
    ErrorText sentence;
    if (!decodeArray(in, error.code, sentence))
        return false;
    error = {error.code, sentence};
    return true;
}

void encode(CborWriter &out, const SessionKey &key)
{
    out.appendBytes(key.bytes());
}

bool decode(QCborStreamReader &in, SessionKey &key)
{
    QByteArray bytes;
    if (!decode(in, bytes))
        return false;
    const auto decoded = SessionKey::fromBytes(bytes);
    if (decoded)
        key = *decoded;
    return decoded.has_value();
}

void encode(CborWriter &out, const Expiry &expiry)
{
    const bool fixed = expiry.kind() == Expiry::Kind::AtDateTime;
    encodeArray(out, expiry.kind(), fixed ? expiry.deadline().time_since_epoch() : expiry.idle());
}

bool decode(QCborStreamReader &in, Expiry &expiry)
{
    Expiry::Kind kind{};
    milliseconds value{};
    if (!decodeArray(in, kind, value))
        return false;
    value = std::max(value, milliseconds::zero());
    switch (kind) {
    case Expiry::Kind::OnInactivity:
        expiry = Expiry::onInactivity(value);
        break;
    case Expiry::Kind::OnSessionEnd:
        expiry = Expiry::onSessionEnd();
        break;
    case Expiry::Kind::AtDateTime:
        expiry = Expiry::atDateTime(toDateTime(TimePoint(std::min(value, LastMoment))));
        break;
    }
    return true;
}

void encode(CborWriter &out, const SessionData &data)
{
    encode(out, data.encoded());
}

bool decode(QCborStreamReader &in, SessionData &data)
{
    QByteArray bytes;
    if (!decode(in, bytes))
        return false;
    auto decoded = SessionData::fromEncoded(bytes);
    if (!decoded || !isSound(*decoded))
        return false;
    data = *std::move(decoded);
    return true;
}

void encode(CborWriter &out, const SessionInfo &info)
{
    Detail::withInfoFields(info, [&out](const auto &...fields) { encodeArray(out, fields...); });
}

bool decode(QCborStreamReader &in, SessionInfo &info)
{
    if (!Detail::withInfoFields(info, [&in](auto &...fields) { return decodeArray(in, fields...); }))
        return false;
    info.visit = VisitFacts::fromText(info.visit).toText();
    return info.size >= 0 && info.attributeCount >= 0;
}

void encode(CborWriter &out, const SessionRecord &record)
{
    const SessionInfo &info = record;
    Detail::withRecordFields(record, [&](const auto &...fields) { encodeArray(out, info, fields...); });
}

bool decode(QCborStreamReader &in, SessionRecord &record)
{
    SessionInfo &info = record;
    return Detail::withRecordFields(record, [&](auto &...fields) { return decodeArray(in, info, fields...); })
        && decodeFlash(record.flash) && isCsrfSecret(record.csrfSecret);
}

void encode(CborWriter &out, const SessionChange::Touch &touch)
{
    encodeArray(out, touch.at, touch.interval);
}

bool decode(QCborStreamReader &in, SessionChange::Touch &touch)
{
    return decodeArray(in, touch.at, touch.interval);
}

void encode(CborWriter &out, const SessionChange::Attribute &attribute)
{
    encodeArray(out, attribute.operation, attribute.name, attribute.json, attribute.by);
}

bool decode(QCborStreamReader &in, SessionChange::Attribute &attribute)
{
    return decodeArray(in, attribute.operation, attribute.name, attribute.json, attribute.by) && isUtf8(attribute.name)
        && (attribute.operation != SessionChange::Attribute::Set || decodeJson(attribute.json));
}

/// Calls \a use with the fields of a SessionChange beside its attributes.
template<class Change, class Use>
static decltype(auto) withFields(Change &change, Use &&use)
{
    return use(change.user, change.expiry, change.defaultIdle, change.deadline, change.touch, change.flash, change.csrfSecret,
               change.rotateRequested, change.expectedVersion, change.cap, change.visit, change.sizeLimit);
}

void encode(CborWriter &out, const SessionChange &change)
{
    const QList<SessionChange::Attribute> attributes(change.attributes().begin(), change.attributes().end());
    withFields(change, [&](const auto &...fields) { encodeArray(out, change.clearsFirst(), attributes, fields...); });
}

bool decode(QCborStreamReader &in, SessionChange &change)
{
    bool clear = false;
    QList<SessionChange::Attribute> attributes;
    if (!withFields(change, [&](auto &...fields) { return decodeArray(in, clear, attributes, fields...); })
        || attributes.size() > MaxAttributeOperations || !decodeFlash(change.flash) || !isCsrfSecret(change.csrfSecret))
        return false;
    // Its attributes are private: repeat the calls that made them.
    if (clear)
        change.clear();
    for (const SessionChange::Attribute &a : attributes) {
        switch (a.operation) {
        case SessionChange::Attribute::Set:
            change.set(a.name, a.json);
            break;
        case SessionChange::Attribute::Remove:
            change.remove(a.name);
            break;
        case SessionChange::Attribute::Increment:
            change.increment(a.name, a.by);
            break;
        }
    }
    return true;
}

void encode(CborWriter &out, const UserCap &cap)
{
    encodeArray(out, cap.limit, cap.policy);
}

bool decode(QCborStreamReader &in, UserCap &cap)
{
    return decodeArray(in, cap.limit, cap.policy) && cap.limit >= 0;
}

void encode(CborWriter &out, const SessionQuery &query)
{
    encodeArray(out, query.order, query.descending, query.user, query.keyPrefix, query.offset, query.cursor, query.limit,
                query.withData, query.quarantined);
}

bool decode(QCborStreamReader &in, SessionQuery &query)
{
    if (!decodeArray(in, query.order, query.descending, query.user, query.keyPrefix, query.offset, query.cursor, query.limit,
                     query.withData, query.quarantined))
        return false;
    query.limit = std::min(query.limit, LongestPage);
    return query.offset >= 0 && query.limit >= 0;
}

void encode(CborWriter &out, const SessionPage &page)
{
    encodeArray(out, page.records, page.total, page.nextCursor);
}

bool decode(QCborStreamReader &in, SessionPage &page)
{
    return decodeArray(in, page.records, page.total, page.nextCursor);
}

void encode(CborWriter &out, const HistoryQuery &query)
{
    encodeArray(out, query.user, query.key, query.limit);
}

bool decode(QCborStreamReader &in, HistoryQuery &query)
{
    if (!decodeArray(in, query.user, query.key, query.limit))
        return false;
    query.limit = std::min(query.limit, LongestHistory);
    return query.limit >= 0;
}

void encode(CborWriter &out, const SessionEvent &event)
{
    Detail::withEventFields(event, [&out](const auto &...fields) { encodeArray(out, fields...); });
}

bool decode(QCborStreamReader &in, SessionEvent &event)
{
    return Detail::withEventFields(event, [&in](auto &...fields) { return decodeArray(in, fields...); });
}

} // namespace Sojourn::Wire
