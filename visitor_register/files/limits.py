"""How much a file from outside may hold. A council's list is far below every number here."""

FILE_BYTES = 20 * 2**20
UNPACKED_BYTES = 64 * 2**20
# Deflate reaches about 1,000 on blanks; real sheets stay under 80. Small parts may be as repetitive as they like.
RATIO = 200
RATIO_FROM_BYTES = 2**20
ZIP_ENTRIES = 5_000
ROWS = 20_000
COLUMNS = 200
CELL_CHARACTERS = 2_000
MERGED_CELLS = 200_000
PEOPLE = 5_000
LEVELS = 60
# Boxes and lines of one page of a drawing.
SHAPES = 2_000
# One page as XML. Two thousand shapes with all their styles stay under half of it.
PAGE_BYTES = 12 * 2**20
SECONDS = 20.0
INVITATION_SECONDS = 5.0
MEMORY_BYTES = 512 * 2**20
# A PDF is told by what its pages draw: instructions to read, and letters and lines that come of them.
PDF_PAGES = 200
PDF_CONTENT_BYTES = 2 * 2**20
PDF_OBJECTS = 60_000
# A message is read whole and its attachments are passed over: the largest that Exchange sends by default is 35 MB.
MAIL_BYTES = 40 * 2**20
# The lines before the text. Real ones stay under 64 KB with every stamp of every server.
MAIL_HEAD_BYTES = 2**20
MAIL_DEPTH = 10
MAIL_PARTS = 500
# Word writes a page of style before a line of text.
MAIL_TEXT_BYTES = 2 * 2**20
