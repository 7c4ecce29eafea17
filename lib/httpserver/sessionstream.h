// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournhttpserver_export.h>

#include <QtCore/QByteArray>

#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QObject;
QT_END_NAMESPACE

namespace Sojourn {

class Stream;

/// An answer that goes on: what SessionResponder::stream() and events() give. The session has been saved and the headers leave
/// before the first byte of it.
///
/// All but onClosed() may be called in any thread. A stream that is destroyed ends. If the session could not be saved the visitor
/// gets that answer instead, and the stream is closed.
class SOJOURN_HTTPSERVER_EXPORT SessionStream
{
public:
    /// What SessionResponder::stream() and events() make.
    explicit SessionStream(std::shared_ptr<Stream> stream);
    /// The answer goes along; \a other must not be used any more.
    SessionStream(SessionStream &&other) noexcept;
    /// \copydoc SessionStream(SessionStream &&)
    SessionStream &operator=(SessionStream &&other) noexcept;
    ~SessionStream();

    /// Sends \a data as it is. \return false if nobody waits for it any more.
    bool write(const QByteArray &data);
    /// Sends a server-sent event: \a data of any number of lines, the \a type that addEventListener() names (empty: "message")
    /// and the \a id that a browser which connects again sends in Last-Event-ID. Line breaks in type and id are left out.
    bool sendEvent(const QByteArray &data, const QByteArray &type = {}, const QByteArray &id = {});
    /// The answer is complete. What was written before still leaves.
    void end();

    /// False once it has ended, the visitor has left, or (events only) the session has ended.
    [[nodiscard]] bool isOpen() const;
    /// How many bytes wait to be sent: who writes much should wait while this is large. Bytes that Qt has taken over are counted
    /// where Qt reports them (not over HTTP/2). A stream of events is given up, and its visitor connects again, where more than
    /// 1 MiB is unsent; any stream that has ended where its last bytes do not leave for half a minute.
    [[nodiscard]] qint64 bytesToWrite() const;

    /// Calls \a closed once in the server's thread when isOpen() becomes false, at once if it is; not when \a context is gone.
    /// Call it in that thread.
    void onClosed(QObject *context, std::function<void()> closed);

private:
    std::shared_ptr<Stream> m_stream;
};

} // namespace Sojourn
