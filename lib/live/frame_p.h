// SPDX-License-Identifier: MIT
#pragma once

#include "codec_p.h"

#include <QtCore/QIODevice>
#include <QtCore/QtEndian>

namespace Sojourn::Wire {

// A frame is the size of its payload (4 bytes, the highest first) and the payload, one CBOR array.
//
//     application   [Challenge, version, system time, nonce]                         over TLS only, once, before all else
//     client        [proof]                                                          if the nonce has bytes
//     application   [Greeting, version, now, read-only, size limit, request limit]   once, first, or after that
//     client        [id, Hello, last start, author]                                  first: who administers, or nobody
//     application   [Answer, id, last operation that it knows]
//     client        [id, operation, last start, arguments...]                        later it is refused; both ends share a clock
//     application   [Answer, id, value], [Failure, id, error]                        in any order; id 0: of the connection
//     application   [Late, id, system time]                                          the last start was over; nothing was done
//     application   [Event, event], [EventsLost]                                     after Subscribe
//     application   [Availability, available]                                        of the store behind it
//     client        [id, Ping, last start]                                           while it hears nothing: the answer is empty

/// Rises with every change of the frames and every new operation: both ends must have the same.
inline constexpr int ProtocolVersion = 8;

/// More bytes than this a client takes from no application that it does not know yet.
inline constexpr qsizetype MaxGreetingSize = 64 * 1024;
/// More bytes than this a client takes from no application.
inline constexpr qsizetype MaxReplySize = 64 * 1024 * 1024;

enum class Message : quint8 { Greeting, Answer, Failure, Event, EventsLost, Availability, Challenge, Late };
enum class Operation : quint8 {
    Create,
    Load,
    Update,
    Rotate,
    Remove,
    RemoveUser,
    TakeFlash,
    List,
    Count,
    RemoveExpired,
    History,
    Subscribe,
    Compact,
    Hello,
    RemoveVersion,
    Identities,
    Restore,
    Ping
};

constexpr Message lastOf(Message)
{
    return Message::Late;
}
constexpr Operation lastOf(Operation)
{
    return Operation::Ping;
}

/// Appends the frame with the array of \a values.
template<class... T>
void appendFrame(QByteArray &out, const T &...values)
{
    constexpr qsizetype headSize = sizeof(quint32);
    const qsizetype begin = out.size();
    out.append(headSize, '\0');
    CborWriter writer(out);
    encodeArray(writer, values...);
    qToBigEndian(static_cast<quint32>(out.size() - begin - headSize), out.data() + begin);
}

template<class... T>
[[nodiscard]] QByteArray makeFrame(const T &...values)
{
    QByteArray frame;
    appendFrame(frame, values...);
    return frame;
}

/// The values in a payload, one after the other.
class Payload : public QCborStreamReader
{
public:
    explicit Payload(const QByteArray &bytes) : QCborStreamReader(bytes), m_size(bytes.size())
    {
        m_valid = isArray() && isLengthKnown() && enterContainer();
    }

    /// Reads the next values.
    template<class... T>
    [[nodiscard]] bool read(T &...values)
    {
        return m_valid && (decode(*this, values) && ...);
    }

    /// Reads the last values, and makes sure that nothing follows.
    template<class... T>
    [[nodiscard]] bool readRest(T &...values)
    {
        return read(values...) && leave(*this) && currentOffset() == m_size;
    }

private:
    qsizetype m_size;
    bool m_valid;
};

/// Collects the bytes of a frame. Memory grows with the bytes that came, not with those that were announced.
class SOJOURN_LIVE_EXPORT FrameReader
{
public:
    enum Status { Incomplete, Complete, TooLarge };

    /// Takes from \a device what belongs to the present frame. Complete: takePayload(); the next call begins the next frame.
    Status read(QIODevice &device, qsizetype limit);
    QByteArray takePayload();
    void reset();

private:
    QByteArray m_bytes;
    std::optional<qsizetype> m_size; // of the payload, once its head is known
};

} // namespace Sojourn::Wire
