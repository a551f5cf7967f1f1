#pragma once

namespace confab {

class EmojiGrid;

/// Makes the grid a list whose items are the emoji in sight, called by their names; the current one has
/// the focus, whatever holds the keyboard. To be called last in its constructor.
void makeAccessible(EmojiGrid *grid);
/// It shows other emoji.
void forgetAccessibleEmoji(EmojiGrid *grid);
/// Another one is current.
void tellAccessibleFocus(EmojiGrid *grid);

}
