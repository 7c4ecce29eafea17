// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>
#include <Sojourn/SessionKey>
#include <Sojourn/global.h>

#include <QtHttpServer/qhttpserverrequest.h>
#include <QtHttpServer/qhttpserverresponse.h>

#include <optional>

namespace Sojourn {

class SessionState;
struct CookieOptions;
struct Visit;

/// What the log tells of requests: a debug line for each, and warnings that explain a session which is "lost on every request".
namespace RequestLog {

/// A session as it was found, to say afterwards what was saved.
struct Found
{
    bool isLoaded = false;
    bool isAbsent = false; ///< looked for in vain
    SessionKey key;
    quint64 version = 0;
    TimePoint lastSeenAt;
    bool movesFlash = false; ///< adds flash values or takes them
};

/// Whether debug lines are wanted (QT_LOGGING_RULES="sojourn.*.debug=true").
[[nodiscard]] bool isEnabled();
[[nodiscard]] Found found(const SessionState &session);
/// The line of a request that asked for its session, and a warning of the first one whose handler gave it what no store can keep.
/// \a request is null where it cannot be read any more.
void answered(const Visit &visit, const Result<void> &committed, const QHttpServerResponse &response,
              const QHttpServerRequest *request);
/// The line of a request whose session could not be loaded because of \a why.
void notLoaded(const Visit &visit, const QHttpServerRequest &request, const QString &why);

/// A new session's cookie leaves. Warns once if the browser will not keep it.
void newCookie(const CookieOptions &cookie, const QHttpServerRequest &request);
/// A request came with an id that nobody issued. Warns once if that keeps happening.
void unknownId(const CookieOptions &cookie);

} // namespace RequestLog

} // namespace Sojourn
