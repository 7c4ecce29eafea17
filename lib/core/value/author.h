// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QString>

#include <optional>

namespace Sojourn {

struct SessionEvent;

/// Who administers stores here: "root@web1, sojourn". What such a program does carries it (SessionEvent::by); an application has
/// none, so that what it does is told as its own.
class SOJOURN_CORE_EXPORT Author
{
public:
    /// Longer names are cut off.
    static constexpr qsizetype MaxLength = 200;

    /// This process is the program \a tool, with which the user who is logged in administers stores. Call it before any store is
    /// opened, in the main thread.
    static void setTool(const QString &tool);
    /// Who works in the calling thread now; empty for an application.
    [[nodiscard]] static QString current();
    /// Whether the sessions that the calling thread creates now had been there before: it takes a deletion back (Scope).
    [[nodiscard]] static bool isRestoring();
    /// Adds to the \a event of a store in the calling thread who did it, where that is an administrator: to changes, rotations
    /// and revocations with the reason "admin", and to creations, which then have the reason "imported" or "restored".
    static void sign(SessionEvent &event);

    /// While it lives the calling thread works for \a author, whatever setTool() said: for somebody elsewhere, or for the
    /// application itself if that is empty. Where it \a restores, what is created is told as brought back.
    class SOJOURN_CORE_EXPORT Scope
    {
    public:
        explicit Scope(const QString &author, bool restores = false); ///< begins now, in this thread
        ~Scope(); ///< what held before holds again
        Q_DISABLE_COPY_MOVE(Scope)

    private:
        std::optional<QString> m_before;
        bool m_restored;
    };
};

} // namespace Sojourn
