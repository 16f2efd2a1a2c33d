"""What the product measures about itself: time to first action. Reads other features' tables; nothing imports it."""
