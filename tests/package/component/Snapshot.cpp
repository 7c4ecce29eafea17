// SPDX-License-Identifier: MIT
#include <Sojourn/SnapshotReader>

int main()
{
    return Sojourn::SnapshotReader::open("there/is/none").has_value() ? 1 : 0;
}
