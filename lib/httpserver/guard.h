// SPDX-License-Identifier: MIT
#pragma once

#include "sessionoptions.h"

#include <Sojourn/Session>

namespace Sojourn {

/// Decides before a handler runs whether it may: for a route SessionManager::guarded(), for a handler of hooks
/// SessionManager::refusal() as its first line.
///
/// Who is not logged in gets 401, or is sent to \a loginPage (303), with the way back in its parameter `next` (see
/// SessionManager::nextPage()). Who is logged in and still may not gets 403.
class SOJOURN_HTTPSERVER_EXPORT Guard
{
public:
    /// Whether a request may pass; asked in the thread of the server.
    using Predicate = std::function<bool(const Session &session, const QHttpServerRequest &request)>;

    /// Somebody is logged in.
    [[nodiscard]] static Guard user(const QString &loginPage = {});
    /// Somebody is logged in whose session has \a role in \a attribute, a text or a list of texts.
    [[nodiscard]] static Guard role(const QString &role, const QString &loginPage = {},
                                    const QString &attribute = QStringLiteral("role"));
    /// \a predicate says so. It runs in the server's thread.
    [[nodiscard]] static Guard that(Predicate predicate, const QString &loginPage = {});
    /// The header X-CSRF-Token, or else \a field of an application/x-www-form-urlencoded form, is the session's
    /// Session::csrfToken(). Others get 403.
    [[nodiscard]] static Guard csrfToken(const QString &field = QStringLiteral("csrf"));

    /// What a request that may not pass is answered with.
    struct Refusal
    {
        RequestError error; ///< status and text
        QByteArray location; ///< where to send the visitor instead; empty for nowhere
    };
    /// Why the request is refused, nothing if it is not.
    [[nodiscard]] std::optional<Refusal> check(const Session &session, const QHttpServerRequest &request) const;

private:
    using Check = std::function<std::optional<Refusal>(const Session &, const QHttpServerRequest &)>;
    explicit Guard(Check check) : m_check(std::move(check)) { }

    Check m_check;
};

} // namespace Sojourn
