// SPDX-License-Identifier: MIT
#pragma once

#include "apirequest.h"

#include <QtCore/QJsonObject>
#include <QtHttpServer/QHttpServerResponse>

[[nodiscard]] QHttpServerResponse respond(const Checked<QJsonObject> &answer);
[[nodiscard]] QHttpServerResponse respond(const QByteArray &text);
[[nodiscard]] inline QHttpServerResponse respond(QHttpServerResponse &&response)
{
    return std::move(response);
}

[[nodiscard]] QHttpServerResponse withHeader(QHttpServerResponse response, const QByteArray &name, const QByteArray &value);
