// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QString>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

/// Something that breaks, and comes right again.
struct Fault
{
    QString name;
    std::function<void()> begin;
    std::function<void()> end;
    bool losesSessions = false; ///< by its nature: a deadline that passes, what a full server evicts
    bool isCostly = false; ///< the quick run tries it at one step only, over routes
};

/// Where sessions are, and what can break there.
struct Place
{
    QString name;
    /// Opens what the application uses, the sessions from before in it.
    std::function<std::shared_ptr<Sojourn::SessionStore>()> open;
    std::vector<Fault> faults;
    bool outlivesProcess = true;
    /// For another process: what Place::reopen() understands.
    QString address;
};

/// Those of Redis, as far as there is a server: one, behind a cache, with sentinels, and a cluster.
std::vector<Place> redisPlaces(const std::function<bool(const QString &)> &isWanted);
/// What opens the last of them, in another process; null at other addresses.
std::shared_ptr<Sojourn::SessionStore> reopenRedis(const QString &kind, const QString &where);
/// All places of this machine whose name \a isWanted. They live in \a folder, a small disk of its own if \a isSmallDisk.
std::vector<Place> allPlaces(const QString &folder, bool isSmallDisk, const std::function<bool(const QString &)> &isWanted);
/// The store at the address of a place, in another process.
std::shared_ptr<Sojourn::SessionStore> reopen(const QString &address);
