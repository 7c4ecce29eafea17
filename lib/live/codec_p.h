// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/sojournlive_export.h>

#include <QtCore/QCborStreamReader>

namespace Sojourn::Wire {

/// Appends CBOR to bytes. An application with a watching client writes an event for each of its requests: QCborStreamWriter,
/// which wants a QIODevice, would take several times as long.
class CborWriter
{
public:
    explicit CborWriter(QByteArray &out) : m_out(out) { }

    void startArray(quint64 count) { appendHead(4, count); }
    void append(quint64 value) { appendHead(0, value); }
    void append(qint64 value)
    {
        if (value >= 0)
            appendHead(0, static_cast<quint64>(value));
        else
            appendHead(1, ~static_cast<quint64>(value));
    }
    void append(bool value) { m_out.append(value ? '\xf5' : '\xf4'); }
    void append(std::nullptr_t) { m_out.append('\xf6'); }
    void append(const QString &text)
    {
        const QByteArray utf8 = text.toUtf8();
        appendHead(3, static_cast<quint64>(utf8.size()));
        m_out.append(utf8);
    }
    void appendBytes(QByteArrayView bytes)
    {
        appendHead(2, static_cast<quint64>(bytes.size()));
        m_out.append(bytes);
    }

private:
    SOJOURN_LIVE_EXPORT void appendHead(int majorType, quint64 argument);

    QByteArray &m_out;
};

// The vocabulary of the stores as CBOR (RFC 8949), for the frames of a live connection. A struct is an array of its fields, an
// optional an array of none or one. decode() believes nothing: it returns false unless exactly this type comes next and its
// values are ones that a store may be given. Times are held between 1970 and 9999, so that no sum of them overflows.

/// More operations on attributes than one change of a client may carry: merging them costs time in the application.
inline constexpr qsizetype MaxAttributeOperations = 1000;

#define SOJOURN_WIRE_TYPE(...)                                                                                                   \
    SOJOURN_LIVE_EXPORT void encode(CborWriter &out, const __VA_ARGS__ &value);                                                  \
    SOJOURN_LIVE_EXPORT [[nodiscard]] bool decode(QCborStreamReader &in, __VA_ARGS__ &value);

SOJOURN_WIRE_TYPE(std::monostate)
SOJOURN_WIRE_TYPE(bool)
SOJOURN_WIRE_TYPE(int)
SOJOURN_WIRE_TYPE(qint64)
SOJOURN_WIRE_TYPE(quint64)
SOJOURN_WIRE_TYPE(QString)
SOJOURN_WIRE_TYPE(QByteArray)
SOJOURN_WIRE_TYPE(TimePoint)
SOJOURN_WIRE_TYPE(std::chrono::milliseconds)
SOJOURN_WIRE_TYPE(Error)
SOJOURN_WIRE_TYPE(ErrorText)
SOJOURN_WIRE_TYPE(SessionKey)
SOJOURN_WIRE_TYPE(Expiry)
SOJOURN_WIRE_TYPE(SessionData)
SOJOURN_WIRE_TYPE(SessionInfo)
SOJOURN_WIRE_TYPE(SessionRecord)
SOJOURN_WIRE_TYPE(SessionChange::Touch)
SOJOURN_WIRE_TYPE(SessionChange::Attribute)
SOJOURN_WIRE_TYPE(SessionChange)
SOJOURN_WIRE_TYPE(UserCap)
SOJOURN_WIRE_TYPE(SessionQuery)
SOJOURN_WIRE_TYPE(SessionPage)
SOJOURN_WIRE_TYPE(HistoryQuery)
SOJOURN_WIRE_TYPE(SessionEvent)

#undef SOJOURN_WIRE_TYPE

constexpr Error::Code lastOf(Error::Code)
{
    return Error::Replaced;
}
constexpr Expiry::Kind lastOf(Expiry::Kind)
{
    return Expiry::Kind::AtDateTime;
}
constexpr SessionChange::Attribute::Operation lastOf(SessionChange::Attribute::Operation)
{
    return SessionChange::Attribute::Increment;
}
constexpr UserCap::Policy lastOf(UserCap::Policy)
{
    return UserCap::Refuse;
}
constexpr SessionQuery::Order lastOf(SessionQuery::Order)
{
    return SessionQuery::ByUser;
}
constexpr SessionEvent::Type lastOf(SessionEvent::Type)
{
    return SessionEvent::Quarantined;
}
constexpr SessionStore::Removal lastOf(SessionStore::Removal)
{
    return SessionStore::Removal::Admin;
}
constexpr SessionStore::CreateMode lastOf(SessionStore::CreateMode)
{
    return SessionStore::CreateMode::Overwrite;
}

template<class E>
    requires std::is_enum_v<E>
void encode(CborWriter &out, E value)
{
    out.append(static_cast<quint64>(value));
}

template<class E>
    requires std::is_enum_v<E>
[[nodiscard]] bool decode(QCborStreamReader &in, E &value)
{
    if (!in.isUnsignedInteger() || in.toUnsignedInteger() > static_cast<quint64>(lastOf(E())))
        return false;
    value = static_cast<E>(in.toUnsignedInteger());
    return in.next();
}

/// Leaves an array that has been read to its end.
[[nodiscard]] inline bool leave(QCborStreamReader &in)
{
    return in.lastError() == QCborError::NoError && !in.hasNext() && in.leaveContainer();
}

/// What decode() overwrites.
template<class T>
T blank()
{
    return T();
}

template<>
inline Expiry blank()
{
    return Expiry::onSessionEnd();
}

template<class T>
void encode(CborWriter &out, const std::optional<T> &value)
{
    out.startArray(value ? 1 : 0);
    if (value)
        encode(out, *value);
}

template<class T>
[[nodiscard]] bool decode(QCborStreamReader &in, std::optional<T> &value)
{
    if (!in.isArray() || !in.isLengthKnown() || in.length() > 1)
        return false;
    const bool engaged = in.length() == 1;
    if (!in.enterContainer())
        return false;
    value = std::nullopt;
    if (engaged && !decode(in, value.emplace(blank<T>())))
        return false;
    return leave(in);
}

template<class T>
void encode(CborWriter &out, const QList<T> &list)
{
    out.startArray(static_cast<quint64>(list.size()));
    for (const T &value : list)
        encode(out, value);
}

template<class T>
[[nodiscard]] bool decode(QCborStreamReader &in, QList<T> &list)
{
    if (!in.isArray() || !in.isLengthKnown() || !in.enterContainer())
        return false;
    list.clear(); // and nothing reserved: a length is only a claim
    while (in.hasNext()) {
        if (!decode(in, list.emplaceBack()))
            return false;
    }
    return leave(in);
}

template<class... T>
void encodeArray(CborWriter &out, const T &...values)
{
    out.startArray(sizeof...(values));
    (encode(out, values), ...);
}

template<class... T>
[[nodiscard]] bool decodeArray(QCborStreamReader &in, T &...values)
{
    return in.isArray() && in.isLengthKnown() && in.length() == sizeof...(values) && in.enterContainer()
        && (decode(in, values) && ...) && leave(in);
}

} // namespace Sojourn::Wire
