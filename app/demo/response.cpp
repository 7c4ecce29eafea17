// SPDX-License-Identifier: MIT
#include "response.h"

using namespace Qt::StringLiterals;

QHttpServerResponse respond(const Checked<QJsonObject> &answer)
{
    if (answer)
        return QHttpServerResponse(*answer);
    const int status = answer.error().status;
    QHttpServerResponse response(QJsonObject{{u"error"_s, answer.error().text}}, QHttpServerResponse::StatusCode(status));
    return status == 503 ? withHeader(std::move(response), "Retry-After", "1") : std::move(response);
}

QHttpServerResponse respond(const QByteArray &text)
{
    return QHttpServerResponse("text/plain", text);
}

QHttpServerResponse withHeader(QHttpServerResponse response, const QByteArray &name, const QByteArray &value)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QHttpHeaders headers = response.headers();
    headers.append(name, value);
    response.setHeaders(std::move(headers));
#else
    response.addHeader(name, value);
#endif
    return response;
}
