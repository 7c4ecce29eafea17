// SPDX-License-Identifier: MIT
#include "liveclient_p.h"

namespace Sojourn::Wire {

namespace {

constexpr qsizetype ReadBufferSize = 64 * 1024;
/// With more than this unread by the client neither a request is taken from it nor an event sent to it.
constexpr qsizetype MaxUnread = 256 * 1024;
/// Operations that one client may have under way.
constexpr int MaxWaiting = 16;
/// What a request has beside one record of the largest size.
constexpr qsizetype RequestOverhead = 256 * 1024;

} // namespace

std::chrono::milliseconds handshakeTick{1000};

LiveClient::LiveClient(QLocalSocket *socket, std::shared_ptr<SessionStore> store, QObject *parent)
    : QObject(parent), m_socket(socket), m_dispatcher(store, this), m_requestLimit(store->sizeLimit() + RequestOverhead)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(ReadBufferSize);
    connect(m_socket, &QLocalSocket::readyRead, this, &LiveClient::ready);
    connect(m_socket, &QLocalSocket::bytesWritten, this, [this] {
        catchUp();
        Q_EMIT ready();
    });
    connect(m_socket, &QLocalSocket::disconnected, this, &LiveClient::closed);
    connect(&m_dispatcher, &Dispatcher::answered, this, [this](const QByteArray &frame) {
        m_socket->write(frame);
        Q_EMIT ready();
    });
    connect(&m_dispatcher, &Dispatcher::subscribed, this, [this] {
        Q_EMIT subscribed();
        m_subscribed = true;
    });
    // Not one long time: an application that was busy finds it over before it has looked at what the client said.
    constexpr int enough = 3;
    m_handshake.callOnTimeout(this, [this] {
        if (!m_spoken && ++m_ticks < enough)
            return;
        m_handshake.stop();
        if (!m_spoken)
            m_socket->abort();
    });
    m_handshake.start(handshakeTick);
    m_socket->write(makeFrame(Message::Greeting, ProtocolVersion, store->now(), store->isReadOnly(),
                              static_cast<qint64>(store->sizeLimit()), static_cast<qint64>(m_requestLimit)));
}

bool LiveClient::isBehind() const
{
    return m_socket->bytesToWrite() >= MaxUnread;
}

bool LiveClient::takesEvents() const
{
    return m_subscribed && !m_lostEvents && !isBehind();
}

bool LiveClient::step()
{
    if (m_socket->state() != QLocalSocket::ConnectedState || m_dispatcher.waiting() >= MaxWaiting || isBehind())
        return false;
    const FrameReader::Status status = m_reader.read(*m_socket, m_requestLimit);
    if (status == FrameReader::Incomplete)
        return false;
    if (status == FrameReader::Complete && m_dispatcher.handle(m_reader.takePayload())) {
        m_spoken = true;
        return true;
    }
    Q_EMIT misbehaved();
    m_socket->abort();
    return false;
}

void LiveClient::sendEvents(const QByteArray &frames)
{
    m_lostEvents = m_lostEvents || isBehind();
    if (!m_lostEvents)
        m_socket->write(frames);
}

void LiveClient::loseEvents()
{
    m_lostEvents = true;
    catchUp();
}

void LiveClient::sendAvailability(bool available)
{
    m_availability = available;
    catchUp();
}

void LiveClient::catchUp()
{
    if (isBehind())
        return;
    if (std::exchange(m_lostEvents, false))
        m_socket->write(makeFrame(Message::EventsLost));
    if (const auto availability = std::exchange(m_availability, {}))
        m_socket->write(makeFrame(Message::Availability, *availability));
}

} // namespace Sojourn::Wire
