// SPDX-License-Identifier: MIT
#include "liveclient_p.h"

#include "peerlink_p.h"

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

LiveClient::LiveClient(PeerLink *link, const std::shared_ptr<SessionStore> &store, QObject *parent, const QString &proven)
    : QObject(parent),
      m_link(link),
      m_dispatcher(store, this, proven),
      m_requestLimit(store->sizeLimit() + RequestOverhead),
      m_isRemote(!proven.isEmpty())
{
    m_link->setParent(this);
    m_link->setReadBufferSize(ReadBufferSize);
    connect(m_link, &PeerLink::readyRead, this, &LiveClient::ready);
    connect(m_link, &PeerLink::written, this, [this] {
        catchUp();
        Q_EMIT ready();
    });
    connect(m_link, &PeerLink::closed, this, &LiveClient::closed);
    connect(&m_dispatcher, &Dispatcher::answered, this, [this](const QByteArray &frame) {
        m_link->device().write(frame);
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
            m_link->abort();
    });
    m_handshake.start(handshakeTick);
    m_link->device().write(makeFrame(Message::Greeting, ProtocolVersion, store->now(), store->isReadOnly(),
                                     static_cast<qint64>(store->sizeLimit()), static_cast<qint64>(m_requestLimit)));
}

bool LiveClient::isBehind() const
{
    return m_link->unsent() >= MaxUnread;
}

bool LiveClient::takesEvents() const
{
    return m_subscribed && !m_lostEvents && !isBehind();
}

bool LiveClient::step()
{
    if (!m_link->isConnected() || m_dispatcher.waiting() >= MaxWaiting || isBehind())
        return false;
    const FrameReader::Status status = m_reader.read(m_link->device(), m_requestLimit);
    if (status == FrameReader::Incomplete)
        return false;
    m_spoken = m_spoken || status == FrameReader::Complete;
    if (status == FrameReader::Complete && handle(m_reader.takePayload()))
        return !m_dismissed;
    Q_EMIT misbehaved();
    m_link->abort();
    return false;
}

bool LiveClient::handle(const QByteArray &request)
{
    ++m_handling;
    const bool isRequest = m_dispatcher.handle(request);
    if (--m_handling == 0 && m_dismissed)
        deleteLater();
    return isRequest;
}

void LiveClient::dismiss()
{
    disconnect();
    m_link->disconnect(this);
    m_dispatcher.disconnect(this);
    m_link->abort();
    m_dismissed = true;
    if (m_handling == 0)
        deleteLater();
    else
        setParent(nullptr); // which may go before handle() returns
}

void LiveClient::sendEvents(const QByteArray &frames)
{
    m_lostEvents = m_lostEvents || isBehind();
    if (!m_lostEvents)
        m_link->device().write(frames);
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
        m_link->device().write(makeFrame(Message::EventsLost));
    if (const auto availability = std::exchange(m_availability, {}))
        m_link->device().write(makeFrame(Message::Availability, *availability));
}

} // namespace Sojourn::Wire
