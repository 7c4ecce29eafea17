// SPDX-License-Identifier: MIT
#include <Sojourn/Stores>

int main()
{
    const auto store = Sojourn::storeFromUrl("memory:");
    return store && (*store)->waitFor((*store)->count()) == 0 ? 0 : 1;
}
