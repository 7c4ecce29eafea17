// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include <QtCore/QtGlobal>

#include <functional>
#include <memory>

namespace Sojourn {

namespace Detail {
struct StopState;
}

/// Tells long work whether it should stop. One made by default never says so. Copies belong to the same StopSource; they may be
/// used in any thread, and may outlive it.
class SOJOURN_SNAPSHOT_EXPORT StopToken
{
public:
    StopToken() = default;

    /// Whether somebody asked for a stop.
    [[nodiscard]] bool isStopRequested() const;

private:
    friend class StopSource;
    friend class StopCallback;
    explicit StopToken(std::shared_ptr<Detail::StopState> state) : m_state(std::move(state)) { }

    std::shared_ptr<Detail::StopState> m_state;
};

/// Asks long work to stop, from any thread. Copies ask the same work.
///
/// The standard's std::stop_source does the same, but not every standard library has it.
class SOJOURN_SNAPSHOT_EXPORT StopSource
{
public:
    StopSource();

    /// What the work looks at.
    [[nodiscard]] StopToken token() const { return StopToken(m_state); }
    /// Asks for a stop, and calls every living StopCallback, in this thread. The first call counts.
    void requestStop();

private:
    std::shared_ptr<Detail::StopState> m_state;
};

/// Calls a function when a stop is asked for, in the thread that asks; at once if that was before. The function is not called any
/// more once the destructor has returned, which waits for a call in another thread.
class SOJOURN_SNAPSHOT_EXPORT StopCallback
{
public:
    /// \a call must not be empty, nor throw.
    StopCallback(const StopToken &token, std::function<void()> call);
    ~StopCallback();
    Q_DISABLE_COPY_MOVE(StopCallback)

private:
    std::shared_ptr<Detail::StopState> m_state;
    std::function<void()> m_call;

    friend class StopSource;
};

} // namespace Sojourn
