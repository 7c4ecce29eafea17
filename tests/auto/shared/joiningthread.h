// SPDX-License-Identifier: MIT
#pragma once

#include <thread>

/// What std::jthread does at its end, for standard libraries that have none.
class JoiningThread : public std::thread
{
public:
    using std::thread::thread;
    JoiningThread(JoiningThread &&) = default;
    ~JoiningThread()
    {
        if (joinable())
            join();
    }
};
