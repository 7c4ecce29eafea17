// SPDX-License-Identifier: MIT
#include "guard.h"

#include "formdata_p.h"

#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Sojourn {

using Status = QHttpServerResponse::StatusCode;
using Refusal = Guard::Refusal;

namespace {

/// \a loginPage with the way back to \a request in it, if that was a page.
QByteArray withWayBack(const QString &loginPage, const QHttpServerRequest &request)
{
    QByteArray location = loginPage.toUtf8();
    const auto method = request.method();
    if (method != QHttpServerRequest::Method::Get && method != QHttpServerRequest::Method::Head)
        return location;
    const QUrl url = request.url();
    QString page = url.path(QUrl::FullyEncoded);
    if (url.hasQuery())
        page += u'?' + url.query(QUrl::FullyEncoded);
    if (FormData::isLocalPage(page))
        location += (location.contains('?') ? "&next=" : "?next=") + page.toUtf8().toPercentEncoding("/");
    return location;
}

std::optional<Refusal> notLoggedIn(const QString &loginPage, const QHttpServerRequest &request)
{
    return Refusal{{{Error::Invalid, u"Log in first."_s}, Status::Unauthorized},
                   loginPage.isEmpty() ? QByteArray() : withWayBack(loginPage, request)};
}

bool hasRole(const Session &session, const QString &role, const QString &attribute)
{
    const QJsonValue value = session.getValue(attribute).value_or(QJsonValue());
    return value.isArray() ? value.toArray().contains(QJsonValue(role)) : value == QJsonValue(role);
}

} // namespace

std::optional<Refusal> Guard::check(const Session &session, const QHttpServerRequest &request) const
{
    return m_check(session, request);
}

Guard Guard::user(const QString &loginPage)
{
    return Guard([loginPage](const Session &session, const QHttpServerRequest &request) {
        return session.user().isEmpty() ? notLoggedIn(loginPage, request) : std::nullopt;
    });
}

Guard Guard::role(const QString &role, const QString &loginPage, const QString &attribute)
{
    return that(
        [role, attribute](const Session &session, const QHttpServerRequest &) {
            return !session.user().isEmpty() && hasRole(session, role, attribute);
        },
        loginPage);
}

Guard Guard::that(Predicate predicate, const QString &loginPage)
{
    return Guard([predicate = std::move(predicate), loginPage](const Session &session,
                                                               const QHttpServerRequest &request) -> std::optional<Refusal> {
        if (predicate(session, request))
            return std::nullopt;
        if (session.user().isEmpty())
            return notLoggedIn(loginPage, request);
        return Refusal{{{Error::Invalid, u"You are not allowed to do that. Log in as somebody who is."_s}, Status::Forbidden},
                       {}};
    });
}

Guard Guard::csrfToken(const QString &field)
{
    return Guard([field = field.toUtf8()](const Session &session, const QHttpServerRequest &request) -> std::optional<Refusal> {
        QByteArray token = request.value("X-CSRF-Token"_ba);
        if (token.isEmpty())
            token = FormData::formField(request, field).value_or(QByteArray());
        if (session.verifyCsrfToken(QLatin1StringView(token)))
            return std::nullopt;
        return Refusal{
            {{Error::Invalid,
              u"The form is older than your session, or comes from another site. Reload the page and try again. (The "
              u"token is expected in the header X-CSRF-Token or in the form field %1.)"_s.arg(QString::fromUtf8(field))},
             Status::Forbidden},
            {}};
    });
}

} // namespace Sojourn
