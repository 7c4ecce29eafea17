// SPDX-License-Identifier: MIT
#include "stream_p.h"

#include "patience_p.h"
#include "serverthread_p.h"
#include "sessionwatch_p.h"

#include <QtCore/QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

std::chrono::milliseconds Detail::sendingPatience{30'000};

namespace {

const QString OwnerName = u"sojourn-stream"_s;

QByteArray oneLine(QByteArray text)
{
    text.removeIf([](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    return text;
}

} // namespace

/// A device that Qt sends by itself: what it reads is activity, and the stream is closed when Qt is done with it.
class Stream::DeviceReader : public QIODevice
{
public:
    DeviceReader(std::unique_ptr<QIODevice> device, qint64 size, std::shared_ptr<Stream> stream)
        : m_device(std::move(device)), m_size(size), m_stream(std::move(stream))
    {
        open(ReadOnly | Unbuffered);
    }
    ~DeviceReader() override { m_stream->close(); }
    qint64 size() const override { return m_size; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        m_stream->touch();
        return m_device->read(data, size);
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const std::unique_ptr<QIODevice> m_device;
    const qint64 m_size;
    const std::shared_ptr<Stream> m_stream;
};

Stream::Stream(Kind kind, Headers headers, std::shared_ptr<ServerThread> thread)
    : m_kind(kind), m_headers(std::move(headers)), m_thread(std::move(thread))
{ }

Stream::Stream(std::unique_ptr<QIODevice> device, Headers headers, std::shared_ptr<ServerThread> thread)
    : Stream(Kind::Data, std::move(headers), std::move(thread))
{
    m_device = std::move(device);
    m_failed = !m_device || !(m_device->isOpen() ? m_device->isReadable() : m_device->open(QIODevice::ReadOnly));
    if (m_failed)
        qCWarning(lcHttpServer, "A response could not be streamed, as its device cannot be read: %ls",
                  qUtf16Printable(m_device ? m_device->errorString() : QString()));
    else if (!m_device->isSequential())
        m_left = m_device->size() - m_device->pos();
}

Stream::~Stream() = default;

// ---- In any thread

bool Stream::write(const QByteArray &data)
{
    if (!isOpen() || m_endWanted)
        return false;
    m_queued += data.size();
    if (m_thread->isCurrent())
        append(data);
    else
        m_thread->post([self = shared_from_this(), data] { self->append(data); });
    return isOpen();
}

void Stream::end()
{
    if (!isOpen() || m_endWanted.exchange(true))
        return;
    if (m_thread->isCurrent())
        finish();
    else
        m_thread->post([self = shared_from_this()] { self->finish(); });
}

qint64 Stream::bytesToWrite() const
{
    return m_queued + m_inSocket;
}

QByteArray Stream::event(const QByteArray &data, const QByteArray &type, const QByteArray &id)
{
    QByteArray text;
    if (!type.isEmpty())
        text += "event: " + oneLine(type) + '\n';
    if (!id.isEmpty())
        text += "id: " + oneLine(id) + '\n';
    QByteArray lines = data;
    lines.replace("\r\n", "\n").replace('\r', '\n');
    for (const QByteArray &line : lines.split('\n'))
        text += "data: " + line + '\n';
    return text + '\n';
}

// ---- In the thread of the server

QHttpServerResponse Stream::head(QHttpServerResponse::StatusCode status) const
{
    QHttpServerResponse response(status);
    Compat::ResponseHeaders headers(response);
    for (const auto &[name, value] : m_headers)
        headers.add(name, value);
    return response;
}

Stream::Headers Stream::headersOf(QHttpServerResponse &response) const
{
    const QByteArrayList names = m_manager->headerNames();
    const auto isSessions = [&names](const QByteArray &name) {
        return std::ranges::any_of(names,
                                   [&](const QByteArray &header) { return header.compare(name, Qt::CaseInsensitive) == 0; });
    };
    Headers all;
    for (const auto &header : m_headers) {
        if (!isSessions(header.first))
            all += header;
    }
    return all + m_manager->headersOf(response);
}

/// What a signal calls: nothing once the stream has closed, as m_owner, which holds the connections, goes a little later.
/// Meanwhile the stream stays, whoever lets go of it.
template<class F>
auto Stream::whileOpen(F slot)
{
    return [weak = weak_from_this(), slot = std::move(slot)] {
        if (const auto self = weak.lock(); self && self->isOpen())
            slot();
    };
}

void Stream::begin(QHttpServer *server, Compat::Channel &channel, const Visit &visit, QHttpServerResponse &response,
                   const QHttpServerRequest *request, const std::shared_ptr<SessionManagerPrivate> &manager)
{
    m_manager = manager;
    const bool isHead = request && request->method() == QHttpServerRequest::Method::Head;
    // What has no body has an end that nobody must send.
    const std::optional<qint64> length = m_left >= 0 ? std::optional(m_left) : isHead ? std::optional<qint64>(0) : std::nullopt;
    std::unique_ptr<QIODevice> forQt;
    if (Compat::Channel::SendsDevices && length && !isHead)
        forQt = std::make_unique<DeviceReader>(std::move(m_device), m_left, shared_from_this());
    m_body = channel.begin(server, response.statusCode(), headersOf(response), request, length, std::move(forQt));
    if (!m_body || !m_body->isOpen()) {
        close();
        return;
    }
    if (isHead) {
        finish();
        return;
    }
    m_self = shared_from_this();
    QAbstractSocket *socket = m_body->socket();
    m_owner = new QObject(socket ? static_cast<QObject *>(socket) : server);
    m_owner->setObjectName(OwnerName);
    // Before its connections go, which a responder must not outlive.
    const auto ends = whileOpen([this] { close(); });
    QObject::connect(server, &QObject::destroyed, m_owner, ends);
    QObject::connect(m_owner, &QObject::destroyed, ends);
    if (socket) {
        QObject::connect(socket, &QAbstractSocket::disconnected, m_owner, ends);
        QObject::connect(socket, &QObject::destroyed, m_owner, ends);
        QObject::connect(socket, &QAbstractSocket::bytesWritten, m_owner, whileOpen([this, socket] {
                             m_inSocket = socket->bytesToWrite();
                             touch();
                             readOn();
                         }));
    }
    if (visit.session)
        watch(*visit.session);
    if (!isOpen())
        return;
    if (m_kind == Kind::Events) {
        auto *timer = new QTimer(m_owner);
        QObject::connect(timer, &QTimer::timeout, m_owner, whileOpen([this] {
                             m_queued += 3;
                             append(":\n\n");
                         }));
        timer->start(HeartBeat);
    }

    if (!m_early.isEmpty()) {
        const QByteArray early = std::exchange(m_early, {});
        append(early);
    }
    if (m_device) {
        QObject::connect(m_device.get(), &QIODevice::readyRead, m_owner, whileOpen([this] { readOn(); }));
        QObject::connect(m_device.get(), &QIODevice::readChannelFinished, m_owner, whileOpen([this] {
                             m_complete = true;
                             readOn();
                         }));
        QObject::connect(m_device.get(), &QIODevice::aboutToClose, m_owner, whileOpen([this] {
                             m_complete = true;
                             readOn();
                         }));
        readOn();
    } else if (m_endWanted) {
        finish();
    }
}

/// Events end with their session, as what was asked for while logged in; of data what leaves is activity.
void Stream::watch(const SessionState &session)
{
    if (m_kind == Kind::Events && session.isLost()) {
        finish();
    } else if (m_kind == Kind::Events && session.isLoaded()) {
        m_manager->watch().add(m_owner, session.record(), whileOpen([this] { finish(); }));
    } else if (session.isLoaded() && !session.isPassive()) {
        m_touches = true;
        m_manager->watch().add(m_owner, session.record(), {});
    }
}

void Stream::append(const QByteArray &data)
{
    if (!isOpen())
        return;
    if (!m_body) {
        m_early += data;
        return;
    }
    const std::shared_ptr<Compat::Body> body = m_body; // writing may show that the visitor has left
    m_queued -= data.size();
    body->write(data);
    if (!body->isOpen()) {
        close();
        return;
    }
    if (const QAbstractSocket *socket = body->socket())
        m_inSocket = socket->bytesToWrite();
    if (m_kind == Kind::Events && m_inSocket > MostUnsentEvents) {
        close();
        body->abort();
        return;
    }
    touch();
}

void Stream::touch()
{
    if (m_touches && isOpen())
        m_manager->watch().touch(m_owner);
}

/// As much of the device as the connection takes.
void Stream::readOn()
{
    while (m_device && m_body && isOpen()) {
        if (const QAbstractSocket *socket = m_body->socket(); socket && socket->bytesToWrite() >= BlockSize)
            return; // bytesWritten() goes on
        if (m_left == 0) {
            finish();
            return;
        }
        const QByteArray block = m_device->read(m_left > 0 ? std::min<qint64>(BlockSize, m_left) : BlockSize);
        if (!block.isEmpty()) {
            if (m_left > 0)
                m_left -= block.size();
            m_queued += block.size();
            append(block);
        } else if (m_left > 0) { // it is shorter than was announced: the visitor must not take that for the whole
            qCWarning(lcHttpServer, "A response broke off, as its device ended early: %ls",
                      qUtf16Printable(m_device->errorString()));
            const std::shared_ptr<Compat::Body> body = m_body;
            close();
            body->abort();
        } else {
            if (m_complete)
                finish();
            return; // readyRead() goes on
        }
    }
}

void Stream::finish()
{
    m_endWanted = true;
    if (!m_body || !isOpen())
        return; // begin() comes back to it
    const std::shared_ptr<Compat::Body> body = m_body;
    close();
    body->end();
    if (QAbstractSocket *socket = body->socket())
        abortIfStuck(socket);
}

/// Whoever does not read to the end keeps neither the connection nor what it holds.
void Stream::abortIfStuck(QAbstractSocket *socket)
{
    if (socket->bytesToWrite() == 0)
        return;
    auto *timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket, [timer, socket, last = socket->bytesToWrite()]() mutable {
        const qint64 left = std::exchange(last, socket->bytesToWrite());
        if (last == 0)
            timer->deleteLater();
        else if (last >= left)
            socket->abort();
    });
    timer->start(Detail::sendingPatience);
}

void Stream::close()
{
    if (!m_open.exchange(false))
        return;
    const std::shared_ptr<Stream> self = std::move(m_self);
    const auto manager = std::exchange(m_manager, {}); // whoever goes on writing must not have the store end in another thread
    m_body.reset();
    m_queued = 0;
    m_inSocket = 0;
    if (m_device)
        m_device.release()->deleteLater(); // one of its signals may have led here
    if (m_owner)
        m_owner->deleteLater();
    for (const auto &[context, closed] : std::exchange(m_closed, {})) {
        if (context)
            closed();
    }
}

QObject *Stream::ofConnection(const QObject *connection)
{
    return connection->findChild<QObject *>(OwnerName, Qt::FindDirectChildrenOnly);
}

void Stream::onClosed(QObject *context, std::function<void()> closed)
{
    if (isOpen())
        m_closed.emplace_back(context, std::move(closed));
    else
        closed();
}

} // namespace Sojourn
