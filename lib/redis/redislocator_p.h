// SPDX-License-Identifier: MIT
#pragma once

#include "redisstore.h"

#include <vector>

namespace Sojourn {

class RedisConnection;

/// Knows where the server is that connections lead to, where that changes.
class RedisLocator : public QObject
{
    Q_OBJECT
public:
    ~RedisLocator() override;

    /// The server, as it was heard just now; otherwise it is asked for, and found() or failed() follows.
    virtual std::optional<RedisAddress> look() = 0;
    /// Why nothing has been found.
    [[nodiscard]] virtual Error error() const = 0;
    /// Connections over which it asks: whoever drives the others drives them, too.
    [[nodiscard]] virtual std::vector<RedisConnection *> connections() const = 0;

Q_SIGNALS:
    /// The server is there by now, asked for or not.
    void found(const Sojourn::RedisAddress &server);
    void failed(const Sojourn::Error &error);
};

} // namespace Sojourn
